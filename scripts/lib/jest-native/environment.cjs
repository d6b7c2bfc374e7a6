"use strict";
const { ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");

/** Set by `jest.setTimeout`. */
const TEST_TIMEOUT = Symbol.for("TEST_TIMEOUT_SYMBOL");

/** The worker's own realm for every test file. What files usually change of it is put back after each. */
class NativeEnvironment {
  constructor({ projectConfig }) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.kept = {
      env: { ...process.env },
      exit: process.exit,
      exitCode: process.exitCode,
      cwd: process.cwd(),
    };
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    delete globalThis[TEST_TIMEOUT];
    const { env, exit, exitCode, cwd } = this.kept;
    process.exit = exit;
    process.exitCode = exitCode;
    process.chdir(cwd);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  /** Jest asks for the method; nothing of ours calls it. */
  getVmContext() {
    return null;
  }
}

module.exports = NativeEnvironment;
