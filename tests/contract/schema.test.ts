import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCHEMA_FOLDER, schemaFiles } from '../../rules/cli/schema-files.ts';

describe('the JSON Schemas for editors', () => {
  it('are those that `npm run rules -- schema` writes, and no others', async () => {
    const made = await schemaFiles();
    expect(readdirSync(SCHEMA_FOLDER).toSorted()).toEqual(Object.keys(made).toSorted());
    for (const [name, text] of Object.entries(made)) expect(readFileSync(join(SCHEMA_FOLDER, name), 'utf8')).toBe(text);
  });

  it('know every field of a rule, and no other', async () => {
    const { 'rule.schema.json': text = '' } = await schemaFiles();
    const rule = JSON.parse(text) as {
      properties: Record<string, { description: string; type?: string; enum?: string[] }>;
      required: string[];
      additionalProperties: boolean;
    };
    expect(rule.additionalProperties).toBe(false);
    expect(rule.required).toContain('tests');
    expect(rule.properties['level']).toMatchObject({ enum: ['notice', 'warning', 'urgent'] });
    for (const { description } of Object.values(rule.properties)) expect(description).toMatch(/\.$/);
  });
});
