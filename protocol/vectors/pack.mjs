// A third writer of MessagePack, small enough to check by eye, so that the vectors do not come from either of the
// codecs that they test. It writes "parts": a string of hex digits, or [parts, count] for a run, or a list of both.

const byte = (value, size) => value.toString(16).padStart(size * 2, "0");

function negative(value, size) {
  return (BigInt(value) & ((1n << BigInt(size * 8)) - 1n)).toString(16).padStart(size * 2, "0");
}

export function pack_int(value) {
  if (value >= 0) {
    if (value < 0x80) return byte(value, 1);
    if (value < 0x100) return "cc" + byte(value, 1);
    if (value < 0x10000) return "cd" + byte(value, 2);
    if (value < 0x100000000) return "ce" + byte(value, 4);
    return "cf" + byte(BigInt(value), 8);
  }
  if (value >= -0x20) return negative(value, 1);
  if (value >= -0x80) return "d0" + negative(value, 1);
  if (value >= -0x8000) return "d1" + negative(value, 2);
  if (value >= -0x80000000) return "d2" + negative(value, 4);
  return "d3" + negative(value, 8);
}

const sized = (size, small, forms) => {
  if (size < small[1]) return byte(small[0] + size, 1);
  const [head, bytes] = forms.find(([, bytes]) => size < 2 ** (8 * bytes));
  return head + byte(size, bytes);
};
export const str_head = (size) => sized(size, [0xa0, 32], [["d9", 1], ["da", 2], ["db", 4]]);
export const bin_head = (size) => sized(size, [0, 0], [["c4", 1], ["c5", 2], ["c6", 4]]);
export const array_head = (size) => sized(size, [0x90, 16], [["dc", 2], ["dd", 4]]);
export const map_head = (size) => sized(size, [0x80, 16], [["de", 2], ["df", 4]]);
const hex = (text) => Buffer.from(text, "utf8").toString("hex");

export function pack_str(text) {
  const digits = hex(text);
  return str_head(digits.length / 2) + digits;
}

/** Values as they stand in vectors.json: {"$hex": parts} for bytes, {"$text": [text, count]}, {"$list": [item, count]}. */
export function pack_value(value) {
  if (value === null) return "c0";
  if (value === true) return "c3";
  if (value === false) return "c2";
  if (typeof value === "number") return pack_int(value);
  if (typeof value === "string") return pack_str(value);
  if (Array.isArray(value)) return [array_head(value.length), ...value.map(pack_value)];
  if ("$hex" in value) return [bin_head(expand(value.$hex).length / 2), value.$hex];
  if ("$text" in value) return [str_head((hex(value.$text[0]).length / 2) * value.$text[1]), [hex(value.$text[0]), value.$text[1]]];
  if ("$list" in value) return [array_head(value.$list[1]), [tidy(pack_value(value.$list[0])), value.$list[1]]];
  const entries = Object.entries(value);
  return [map_head(entries.length), ...entries.flatMap(([key, item]) => [pack_str(key), pack_value(item)])];
}

/** All digits of parts. */
export function expand(parts) {
  if (typeof parts === "string") return parts;
  if (parts.length === 2 && typeof parts[1] === "number") return expand(parts[0]).repeat(parts[1]);
  return parts.map(expand).join("");
}

/** The same digits in the fewest parts: one string where nothing repeats. */
export function tidy(parts) {
  const flat = [];
  const add = (part) => {
    if (typeof part === "string") {
      if (typeof flat.at(-1) === "string") flat[flat.length - 1] += part;
      else flat.push(part);
    } else if (part.length === 2 && typeof part[1] === "number") {
      if (part[1] > 8) flat.push([tidy(part[0]), part[1]]);
      else for (let n = 0; n < part[1]; ++n) add(part[0]);
    } else part.forEach(add);
  };
  add(parts);
  return flat.length === 1 && typeof flat[0] === "string" ? flat[0] : flat;
}
