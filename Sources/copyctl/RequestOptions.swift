import ArgumentParser
import CommandLineClient
import CopyContract
import CopyDomain

/// One request, field by field.
struct RequestOptions: ParsableArguments {
    @Option(help: "The idempotency key: the same id is copied once. Default: a new UUID.")
    var id: String?

    @Option(help: "document-model, document-classifier or vision-project.")
    var kind: String?

    @Option(
        help: ArgumentHelp(
            "The resource to copy from, by its name in the workers' configuration.",
            valueName: "resource"
        )
    )
    var source: String?

    @Option(help: ArgumentHelp("What to copy: the model's, classifier's or project's id.", valueName: "id"))
    var sourceID: String?

    @Option(help: ArgumentHelp("What to copy: the project's name (vision-project).", valueName: "name"))
    var sourceName: String?

    @Option(help: ArgumentHelp("The resource to copy to.", valueName: "resource"))
    var target: String?

    @Option(
        help: ArgumentHelp("What the copy is called (vision-project). Default: the source's name.", valueName: "name")
    )
    var targetName: String?

    @Option(
        name: .customLong("target-id"),
        help: ArgumentHelp("The copy's id, from API version 2022-08-31 on. Default: the source's.", valueName: "id")
    )
    var targetID: String?

    @Option(help: ArgumentHelp("Describes the copy, from API version 2022-08-31 on.", valueName: "text"))
    var targetDescription: String?

    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp(
            "A tag of the copy, from API version 2022-08-31 on; may be repeated.",
            valueName: "name=value"
        )
    )
    var tags: [String] = []

    @Option(
        help: ArgumentHelp(
            "What to do if the copy's id is taken: fail, skip or replace. Default: fail.",
            valueName: "policy"
        )
    )
    var onConflict: String?

    @Flag(help: "Let the copy be protected less well than its source (x-ms-forms-copy-degrade).")
    var allowDegrade = false

    @Option(
        help: ArgumentHelp(
            "e.g. 2024-11-30, v2.1 or v3.3. Default: the source resource's setting.",
            valueName: "version"
        )
    )
    var apiVersion: String?

    @Option(help: ArgumentHelp("When to give up: 2026-11-21T13:00:00Z, or 90s, 30m, 2h from now.", valueName: "time"))
    var deadline: String?

    /// Of what makes a request; a lone id is allowed for a raw message.
    var isEmpty: Bool {
        [
            kind, source, sourceID, sourceName, target, targetID, targetName, targetDescription, apiVersion, onConflict,
            deadline,
        ].allSatisfy { $0 == nil } && tags.isEmpty && !allowDegrade
    }

    func draft(now: Timestamp) throws(SubmissionError) -> RequestDraft {
        var draft = RequestDraft()
        draft.id = id
        draft.kind = kind
        draft.sourceResource = source
        draft.sourceID = sourceID
        draft.sourceName = sourceName
        draft.targetResource = target
        draft.targetID = targetID
        draft.targetName = targetName
        draft.targetDescription = targetDescription
        for tag in tags {
            let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw SubmissionError("--tag \"\(tag)\": write it as name=value")
            }
            draft.targetTags[String(parts[0])] = String(parts[1])
        }
        draft.onConflict = onConflict
        draft.allowsDegrading = allowDegrade
        draft.apiVersion = apiVersion
        if let deadline {
            guard let moment = DeadlineText.parse(deadline, now: now) else {
                throw SubmissionError(
                    "--deadline \"\(deadline)\" is neither a time such as 2026-11-21T13:00:00Z nor one such as 2h"
                )
            }
            draft.deadline = moment.rfc3339
        }
        return draft
    }
}
