/** Writing down tools: a small notation for their input schemas, and the hints that most of them share. */

export const TYPES = {
  string: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  object: { type: 'object' },
  strings: { type: 'array', items: { type: 'string' } },
};

/** `'string! The channel'`: a type, `!` where it is required, a description; or a schema as it is. */
function schema(fields) {
  const properties = {};
  const required = [];
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field !== 'string') {
      const { needed, ...rest } = field;
      properties[name] = rest;
      if (needed) required.push(name);
      continue;
    }
    const [, type, needed, description] = /^(\w+)(!?)\s*(.*)$/s.exec(field);
    properties[name] = { ...TYPES[type], ...(description ? { description } : {}) };
    if (needed) required.push(name);
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

export const choice = (values, description, needed = false) => ({ type: 'string', enum: values, description, needed });

export const READ = { readOnlyHint: true };
export const WRITE = { readOnlyHint: false, destructiveHint: false };
export const DESTROY = { readOnlyHint: false, destructiveHint: true };

export const tool = (name, title, description, fields, annotations) => ({
  name,
  ...(title ? { title } : {}),
  description,
  inputSchema: schema(fields),
  ...(annotations ? { annotations } : {}),
});
