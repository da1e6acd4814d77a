// Writes protocol/ts/generated/messages.ts: types for the compiler, and tables with which the codec checks and orders.

const quoted = (text) => JSON.stringify(text);
const doc = (text, indent = "") => (text ? `${indent}/** ${text.replace(/\*\//g, "* /")} */\n` : "");

function ts_type(type) {
  switch (type.kind) {
    case "bool": return "boolean";
    case "u53": case "ms": return "number";
    case "str": return "string";
    case "bin": case "bytes": return "Uint8Array";
    case "list": return `${ts_type(type.item)}[]`;
    default: return type.name;
  }
}

function ts_meta(type) {
  switch (type.kind) {
    case "list": return `{ kind: "list", items: ${type.items}, item: ${ts_meta(type.item)} }`;
    case "str": case "bin": case "bytes": return `{ kind: "${type.kind}", bytes: ${type.bytes} }`;
    case "enum": return `{ kind: "enum", values: ${type.name}Values }`;
    case "struct": return `{ kind: "struct", fields: ${type.name}Fields }`;
    default: return `{ kind: "${type.kind}" }`;
  }
}

function ts_struct(s) {
  const fields = s.fields.map((f) => `${doc(f.doc, "  ")}  ${f.name}${f.type.optional ? "?" : ""}: ${ts_type(f.type)};\n`);
  const meta = s.fields.map((f) => `  { name: "${f.name}", optional: ${Boolean(f.type.optional)}, ${f.type.lean ? "lean: true, " : ""}type: ${ts_meta(f.type)} },\n`);
  const body = s.fields.length
    ? `export interface ${s.name} {\n${fields.join("")}}`
    : `export type ${s.name} = Record<string, never>;`;
  return `${doc(s.doc)}${body}
const ${s.name}Fields: readonly FieldMeta[] = [
${meta.join("")}];
`;
}

export function ts_messages(schema) {
  return `// The messages of the wire: types for the compiler, tables for the codec.
// Made from protocol/schema/attune.json by protocol/codegen/generate.mjs. Change the schema, not this file.

export const version = ${schema.version};
export const subprotocol = ${quoted(schema.subprotocol)};

export const limits = {
${schema.limits.map((l) => `${doc(l.doc, "  ")}  ${l.name}: ${l.value},`).join("\n")}
} as const;

/** How a field is checked and written. */
export type TypeMeta =
  | { readonly kind: "bool" | "u53" | "ms" }
  | { readonly kind: "str" | "bin" | "bytes"; readonly bytes: number }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "list"; readonly items: number; readonly item: TypeMeta }
  | { readonly kind: "struct"; readonly fields: readonly FieldMeta[] };
export interface FieldMeta {
  readonly name: string;
  readonly optional: boolean;
  /** Left out of what is written when it is false, 0 or empty; absent means that. */
  readonly lean?: true;
  readonly type: TypeMeta;
}

// ---- errors ----

export const errors = {
${schema.errors.map((e) => `  ${e.name}: { number: ${e.number}, text: ${quoted(e.text)} },`).join("\n")}
} as const;
export type ErrorName = keyof typeof errors;

// ---- enums ----

${schema.enums.map((e) => `${doc(e.doc)}export const ${e.name}Values = [${e.values.map((v) => quoted(v.name)).join(", ")}] as const;
export type ${e.name} = (typeof ${e.name}Values)[number];
`).join("\n")}
// ---- structs ----

${schema.structs.map(ts_struct).join("\n")}
// ---- messages ----

${schema.messages.map(ts_struct).join("\n")}
// ---- tables ----

/** Each message's body by its name. */
export interface MessageMap {
${schema.messages.map((m) => `  ${m.name}: ${m.name};`).join("\n")}
}
export type MessageType = keyof MessageMap;

export interface MessageMeta {
  readonly from: "client" | "hub" | "both";
  /** The device kinds that may send it; empty: any. */
  readonly by: readonly DeviceKind[];
  /** Needs an id. */
  readonly command: boolean;
  readonly answer: MessageType | null;
  readonly fields: readonly FieldMeta[];
}

export const messages: { readonly [K in MessageType]: MessageMeta } = {
${schema.messages.map((m) => `  ${m.name}: { from: "${m.from}", by: [${m.by.map(quoted).join(", ")}], command: ${m.command}, answer: ${m.answer ? quoted(m.answer) : "null"}, fields: ${m.name}Fields },`).join("\n")}
};

/** Messages that a client may send, and those that the hub may. */
export type ClientMessageType = ${schema.messages.filter((m) => m.from !== "hub").map((m) => quoted(m.name)).join(" | ")};
export type HubMessageType = ${schema.messages.filter((m) => m.from !== "client").map((m) => quoted(m.name)).join(" | ")};
`;
}
