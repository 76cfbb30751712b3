import ArgumentParser
import CommandLineClient
import CopyContract
import CopyDomain

/// One request, field by field.
struct RequestOptions: ParsableArguments {
    @Option(help: "The idempotency key: the same id is copied once. Default: a new UUID.")
    var id: String?

    @Option(help: "document-model or vision-project.")
    var kind: String?

    @Option(
        help: ArgumentHelp(
            "The resource to copy from, by its name in the workers' configuration.",
            valueName: "resource"
        )
    )
    var source: String?

    @Option(help: ArgumentHelp("What to copy: the model's or project's id.", valueName: "id"))
    var sourceID: String?

    @Option(help: ArgumentHelp("What to copy: the project's name (vision-project).", valueName: "name"))
    var sourceName: String?

    @Option(help: ArgumentHelp("The resource to copy to.", valueName: "resource"))
    var target: String?

    @Option(
        help: ArgumentHelp("What the copy is called (vision-project). Default: the source's name.", valueName: "name")
    )
    var targetName: String?

    @Option(help: ArgumentHelp("e.g. v2.1 or v3.3. Default: the source resource's setting.", valueName: "version"))
    var apiVersion: String?

    @Option(help: ArgumentHelp("When to give up: 2026-11-21T13:00:00Z, or 90s, 30m, 2h from now.", valueName: "time"))
    var deadline: String?

    /// Of what makes a request; a lone id is allowed for a raw message.
    var isEmpty: Bool {
        [kind, source, sourceID, sourceName, target, targetName, apiVersion, deadline].allSatisfy { $0 == nil }
    }

    func draft(now: Timestamp) throws(SubmissionError) -> RequestDraft {
        var draft = RequestDraft()
        draft.id = id
        draft.kind = kind
        draft.sourceResource = source
        draft.sourceID = sourceID
        draft.sourceName = sourceName
        draft.targetResource = target
        draft.targetName = targetName
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
