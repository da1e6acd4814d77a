// Writes the tables of protocol/README.md between their markers: <!-- begin generated: NAME --> and
// <!-- end generated: NAME -->. The text around them is a person's.
const cell = (text) => text.replace(/\|/g, "\\|").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function fields_table(fields) {
  if (fields.length === 0) return "No fields: the body is an empty map.\n";
  const rows = fields.map((f) => `| \`${f.name}\` | \`${f.text}\` | ${cell(f.doc)} |`);
  return `| Field | Type | |\n|---|---|---|\n${rows.join("\n")}\n`;
}

const sender = (m) => {
  if (m.from === "hub") return "hub";
  if (m.from === "both") return "client and hub";
  return m.by.length ? m.by.join(", ") : "any client";
};

function message_section(m, examples) {
  const facts = [`From: ${sender(m)}.`];
  if (m.answer) facts.push(`Answer: ${m.answer} or Rejected.`);
  if (m.command) facts.push("A command: needs an id.");
  const lines = [`#### ${m.name}`, "", facts.join(" "), ""];
  if (m.doc) lines.push(m.doc, "");
  lines.push(fields_table(m.fields));
  // The first vectors of a message are those written by hand; the others are named after what they try.
  const shown = examples.filter((e) => e.type === m.name && (e.name === m.name || by_hand.test(e.name)));
  for (const example of shown) {
    const what = example.name === m.name ? "Example" : `Example, ${example.name.slice(m.name.length + 2)}`;
    lines.push(`${what}:`, "", ...frame_lines(example), "");
  }
  return lines.join("\n");
}

const by_hand = /, (the hub's|a first connection|a handset's drill|a station's|a room's|as the room sees it|as its owner sees it|try again later|a protocol error)$/;

function frame_lines(example) {
  return ["```", ...wrap(example.hex, 96), "```", "", `\`${example_text(example)}\``];
}

function session_lines(steps) {
  return steps.flatMap((step, n) => {
    const arrow = step.from === "client" ? `${step.who} → hub` : `hub → ${step.who}`;
    return [`**${n + 1}. ${arrow}: ${step.type}.** ${step.say}`.trimEnd(), "", ...frame_lines(step), ""];
  });
}

function wrap(hex, width) {
  const lines = [];
  for (let at = 0; at < hex.length; at += width) lines.push(hex.slice(at, at + width));
  return lines;
}

function example_text(example) {
  const id = example.id === null ? "nil" : `h'${example.id}'`;
  const body = JSON.stringify(example.body).replace(/\{"\$hex":"([0-9a-f]*)"\}/g, "h'$1'");
  return `[1, "${example.type}", ${id}, ${body}]`;
}

export function readme_tables(schema, vectors) {
  const examples = vectors.valid;
  const tables = {};
  tables.errors = `| Number | Name | Sentence |\n|---|---|---|\n${schema.errors
    .map((e) => `| ${e.number} | ${e.name} | ${cell(e.text)} |`).join("\n")}\n`;
  tables.limits = `| Limit | Value | |\n|---|---|---|\n${schema.limits
    .map((l) => `| \`${l.name}\` | ${l.value} | ${cell(l.doc)} |`).join("\n")}\n`;
  tables.enums = schema.enums
    .map((e) => `#### ${e.name}\n\n${e.doc ? e.doc + "\n\n" : ""}| Value | |\n|---|---|\n${e.values
      .map((v) => `| \`${v.name}\` | ${cell(v.doc)} |`).join("\n")}\n`).join("\n");
  tables.structs = schema.structs
    .map((s) => `#### ${s.name}\n\n${s.doc ? s.doc + "\n\n" : ""}${fields_table(s.fields)}`).join("\n");
  tables.senders = `| Message | From | Answer | |\n|---|---|---|---|\n${schema.messages
    .map((m) => `| ${m.name} | ${sender(m)} | ${m.answer ?? ""} | ${cell(m.doc.split(/(?<=\.)\s/)[0])} |`).join("\n")}\n`;
  tables.session = session_lines(vectors.session).join("\n");
  const of = (from) => schema.messages.filter((m) => from.includes(m.from)).map((m) => message_section(m, examples)).join("\n");
  tables["client messages"] = of(["client"]);
  tables["both messages"] = of(["both"]);
  tables["hub messages"] = of(["hub"]);
  return tables;
}

export function fill_readme(text, tables) {
  let filled = text;
  for (const [name, table] of Object.entries(tables)) {
    const begin = `<!-- begin generated: ${name} -->`;
    const end = `<!-- end generated: ${name} -->`;
    const from = filled.indexOf(begin);
    const to = filled.indexOf(end);
    if (from < 0 || to < from) throw new Error(`protocol/README.md has no markers for "${name}"`);
    filled = `${filled.slice(0, from + begin.length)}\n${table}${filled.slice(to)}`;
  }
  return filled;
}
