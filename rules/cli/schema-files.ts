/** JSON Schemas for editors, made from the schemas that check the files, so that the two cannot part. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import * as z from 'zod/mini';
import {
  aliasSourceSchema,
  listSourceSchema,
  ruleSourceSchema,
  signalSourceSchema,
  textsSchema,
} from '../language/schema.ts';
import { SCHEMA_WORDS } from './schema-words.ts';

const SOURCES = {
  rule: ruleSourceSchema,
  signal: signalSourceSchema,
  words: listSourceSchema,
  aliases: aliasSourceSchema,
  texts: textsSchema,
} as const satisfies Record<string, z.ZodMiniType>;

/** Where the schemas stand. */
export const SCHEMA_FOLDER = fileURLToPath(new URL('../schema/', import.meta.url));

/** The part of JSON Schema that Zod writes of these files. */
interface Schema {
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
}

/**
 * Every schema as the text of its file.
 *
 * @throws Error when a field has no description, or a description no field.
 */
export async function schemaFiles(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [kind, source] of Object.entries(SOURCES)) {
    const { title, fields } = SCHEMA_WORDS[kind] ?? { title: '', fields: {} };
    // Language servers for YAML know this draft best.
    const schema = z.toJSONSchema(source, { target: 'draft-7', io: 'input' }) as Schema;
    const used = new Set<string>();
    describeFields(schema, '', (path) => {
      const words = fields[path];
      if (words === undefined) throw new Error(`the field ${path} of a ${kind} file has no description`);
      used.add(path);
      return words;
    });
    const unused = Object.keys(fields).filter((path) => !used.has(path));
    if (unused.length > 0) throw new Error(`a ${kind} file has no field ${unused.join(', ')}`);
    const { $schema, ...rest } = schema as Schema & { $schema: string };
    files[`${kind}.schema.json`] = await format(JSON.stringify({ $schema, title, ...rest }), {
      parser: 'json',
      printWidth: 120,
    });
  }
  return files;
}

/** Gives every named field below a schema its description. */
function describeFields(schema: Schema, path: string, wordsOf: (path: string) => string): void {
  for (const part of [...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items])])
    describeFields(part, path, wordsOf);
  const fields = Object.entries(schema.properties ?? {});
  if (typeof schema.additionalProperties === 'object' && schema.additionalProperties !== null)
    fields.push(['*', schema.additionalProperties]);
  for (const [name, field] of fields) {
    const place = path === '' ? name : `${path}.${name}`;
    field.description = wordsOf(place);
    describeFields(field, place, wordsOf);
  }
}

/** Writes the schemas; returns what to say of it. */
export async function writeSchemas(): Promise<string> {
  const files = await schemaFiles();
  for (const [name, text] of Object.entries(files)) writeFileSync(`${SCHEMA_FOLDER}${name}`, text);
  return `wrote ${Object.keys(files).join(', ')} to rules/schema\n`;
}
