@testable import CopyDomain

typealias CustomVisionConversation = Conversation<CustomVisionMachine>

/// Shortcuts to the states of a project copy.
extension Conversation<CustomVisionMachine> {
    static func begun(
        item: SourceItem = .id(ItemID(rawValue: "source-1")!),
        targetName: String? = nil,
        purpose: CopyRequest.Purpose = .copy,
        limits: MachineLimits = MachineLimits()
    ) -> Self {
        let plan = plan(.customVision3_3, item: item, targetName: targetName, purpose: purpose, limits: limits)
        var conversation = Conversation(CustomVisionMachine(plan))
        conversation.tell(.begun)
        return conversation
    }

    static func reserving(targetName: String? = nil) -> Self {
        var conversation = begun(targetName: targetName)
        conversation.answer(.project(project("source-1")))
        conversation.answer(.projects([]))
        return conversation
    }

    static func measuring(targetName: String? = nil) -> Self {
        var conversation = reserving(targetName: targetName)
        conversation.tell(.reserved)
        return conversation
    }

    static func exporting(targetName: String? = nil) -> Self {
        var conversation = measuring(targetName: targetName)
        conversation.answer(.measured(counts()))
        return conversation
    }

    static func importing(targetName: String? = nil) -> Self {
        var conversation = exporting(targetName: targetName)
        conversation.answer(.exported(freshExport()))
        return conversation
    }

    static func copying(targetName: String? = nil) -> Self {
        var conversation = importing(targetName: targetName)
        conversation.answer(.imported(project("project-1", .importing)))
        return conversation
    }

    static func searching() -> Self {
        var conversation = importing()
        conversation.fail(.unknown)
        return conversation
    }

    /// The first import was lost and not seen; the second is under way.
    static func importingAgain() -> Self {
        var conversation = searching()
        conversation.pass(.seconds(60))
        conversation.answer(.projects([]))
        return conversation
    }

    /// The first import was lost and not seen, and its token ran out.
    static func exportingAgain() -> Self {
        var conversation = searching()
        conversation.pass(.seconds(24 * 3600))
        conversation.answer(.projects([]))
        conversation.tell(.elapsed)
        conversation.answer(.measured(counts()))
        return conversation
    }

    /// The first import was lost and not seen; the second has succeeded.
    static func sweeping() -> Self {
        var conversation = importingAgain()
        conversation.answer(.imported(project("project-2", .importing)))
        conversation.answer(.project(project("project-2", .succeeded, name: workName(2))))
        conversation.answer(.measured(counts()))
        return conversation
    }

    static func verifying(targetName: String? = nil) -> Self {
        var conversation = copying(targetName: targetName)
        conversation.answer(.project(project("project-1", .succeeded, name: workName(1))))
        return conversation
    }

    /// The import failed; what it has brought is counted.
    static func weighing() -> Self {
        var conversation = copying()
        conversation.answer(.project(project("project-1", .failed, name: workName(1))))
        return conversation
    }

    /// The failed import is being taken away before another try.
    static func cleaning() -> Self {
        var conversation = weighing()
        conversation.answer(.measured(counts(tags: 2, iterations: 0, tagged: 5, untagged: 0)))
        return conversation
    }

    static func renaming(targetName: String? = nil) -> Self {
        var conversation = verifying(targetName: targetName)
        conversation.answer(.measured(counts()))
        return conversation
    }
}

/// The name of an attempt of the sample plan.
func workName(_ attempt: Int, _ finalName: String = "parts") -> String {
    WorkName(finalName, plan: plan(.customVision3_3), attempt: attempt).text
}
