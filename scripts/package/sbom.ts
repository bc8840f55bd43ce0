/** The software bill of materials: every package of the lock file, with version, licence and hash. */
import { spawnSync } from 'node:child_process';

interface Bom {
  serialNumber?: string;
  metadata: { timestamp: string; tools?: unknown; component: { type: string; name: string } };
}

/**
 * CycloneDX as npm writes it, as JSON. What npm invents anew on each run is taken out or set: the serial number, the time, its
 * own version, and the name of the folder that the checkout happens to be in.
 *
 * @throws when npm fails.
 */
export function billOfMaterials(root: string, name: string, date: string): string {
  const script = process.env['npm_execpath'];
  const isScript = script !== undefined && /\.c?js$/u.test(script);
  const command = isScript ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const made = spawnSync(command, isScript ? [script, ...args] : args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: command.endsWith('.cmd'),
  });
  if (made.status !== 0) throw new Error(`npm sbom failed: ${made.stderr}`);
  const bom = JSON.parse(made.stdout) as Bom;
  delete bom.serialNumber;
  delete bom.metadata.tools;
  bom.metadata.timestamp = `${date}T00:00:00Z`;
  bom.metadata.component.name = name;
  return `${JSON.stringify(bom, null, 1)}\n`;
}
