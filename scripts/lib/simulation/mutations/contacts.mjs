const LANES = "packages/lanes/src";

/** product.md W5: nothing is sent about a contact that was deleted, and nothing else is cancelled for it. */
export const CONTACT_MUTATIONS = [
  {
    name: "contactNotJudged",
    rule: "a delivery about a contact that was deleted is cancelled, in every state of its lane",
    patches: [
      {
        file: `${LANES}/judge.ts`,
        from: "if (isAboutDeletedContact(facts, configuration)) return CANCEL_CONTACT;",
        to: "",
      },
    ],
  },
  {
    name: "contactNotInBacklog",
    rule: "whom a delivery is about is known in the backlog, too",
    patches: [
      {
        file: `${LANES}/lane-record.ts`,
        from: "return toLaneRecord(delivery, -Infinity, true);",
        to: "return toLaneRecord({ ...delivery, facts: { ...delivery.facts, contactId: undefined } }, -Infinity, true);",
      },
    ],
  },
  {
    name: "contactsNotLoaded",
    rule: "a dispatcher knows who was deleted before it was started",
    patches: [
      {
        file: `${LANES}/simulation/dispatcher.ts`,
        from: "for (const contactId of deleted) this.deletedContacts.add(contactId);",
        to: "void deleted;",
      },
    ],
  },
  {
    name: "contactNotInResend",
    rule: "a resend says whom it is about",
    patches: [
      {
        file: `${LANES}/simulation/event-source.ts`,
        from: "type, contactId, webhookId: world.random.pick(webhooks).id,",
        to: "type, webhookId: world.random.pick(webhooks).id,",
      },
    ],
  },
  {
    name: "contactNotInRecovery",
    rule: "what a recovery sends says whom it is about",
    patches: [
      {
        file: `${LANES}/simulation/recovery-step.ts`,
        from: "eventId, type, contactId, webhookId, generation };",
        to: "eventId, type, webhookId, generation };",
      },
    ],
  },
  {
    name: "contactNotInRecoveryEnd",
    rule: "what enters with a recovery's end says whom it is about",
    patches: [
      {
        file: `${LANES}/simulation/recovery-end.ts`,
        from: "const event = { recordId, eventId, type, contactId };",
        to: "const event = { recordId, eventId, type };",
      },
    ],
  },
  {
    name: "deletionNotCarried",
    heldBy: "packages/lanes/src/deleted-contacts.test.ts",
    rule: "a record that says its contact is gone is cancelled by who never heard of it",
    patches: [
      {
        file: `${LANES}/judge.ts`,
        from: "(isContactDeleted === true || configuration.isContactDeleted(contactId))",
        to: "(isContactDeleted === configuration || configuration.isContactDeleted(contactId))",
      },
    ],
  },
  {
    name: "contactInBatch",
    rule: "what is about a contact goes alone",
    patches: [
      {
        file: `${LANES}/lane-record.ts`,
        from: "isAlone: isTest || facts.contactId !== undefined,",
        to: "isAlone: isTest,",
      },
    ],
  },
  {
    name: "cancelsWhatFollows",
    rule: "what stands behind it and is about others is sent",
    patches: [
      {
        file: `${LANES}/lane-move.ts`,
        from: "if (judge(next.facts, configuration, tripped) !== verdict) break;",
        to: "void verdict;",
      },
    ],
  },
  {
    name: "retryWithCancelled",
    heldBy: "packages/lanes/src/deleted-contacts.test.ts",
    rule: "a batch that is made again does not take in what was cancelled in its middle",
    patches: [
      {
        file: `${LANES}/durable-lanes.ts`,
        from: "facts.generation === generation && facts.contactId === contactId,",
        to: "facts.generation === generation && (contactId ?? true) !== undefined,",
      },
    ],
  },
];
