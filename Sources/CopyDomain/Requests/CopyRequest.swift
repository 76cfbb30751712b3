/// A copy request whose every field has been checked against the kind and the version it names.
package struct CopyRequest: Codable, Hashable, Sendable {
    package let id: RequestID
    package let kind: CopyKind
    package let source: CopySource
    package let target: CopyTarget
    /// From the request, else the source resource's own setting.
    package let apiVersion: APIVersion
    /// What to do when the target's id is taken; only where the caller chooses it.
    package let onConflict: ConflictPolicy
    /// Form Recognizer and Document Intelligence: the copy may be protected less well than its source
    /// (`x-ms-forms-copy-degrade`, azure-copy-apis.md 3.3).
    package let allowsDegrading: Bool
    /// What the request asks for.
    package let purpose: Purpose
    /// From the request; the first accept makes it absolute with the configured time per kind.
    package let deadline: Timestamp?

    package enum Purpose: String, Codable, Sendable {
        case copy
        /// Only to find out whether a copy would be begun; changes nothing in Azure.
        case check
    }

    package init(
        id: RequestID,
        kind: CopyKind,
        source: CopySource,
        target: CopyTarget,
        apiVersion: APIVersion,
        onConflict: ConflictPolicy = .fail,
        allowsDegrading: Bool = false,
        purpose: Purpose = .copy,
        deadline: Timestamp?
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.target = target
        self.apiVersion = apiVersion
        self.onConflict = onConflict
        self.allowsDegrading = allowsDegrading
        self.purpose = purpose
        self.deadline = deadline
    }
}

/// What to do when the chosen id is taken in the target resource.
package enum ConflictPolicy: String, Codable, CaseIterable, Sendable {
    case fail
    /// What is there is left as it is, and the request succeeds.
    case skip
    /// What is there is deleted first; only where the target's configuration allows it.
    case replace
}

package struct CopySource: Codable, Hashable, Sendable {
    package let resource: ResourceName
    package let item: SourceItem

    package init(resource: ResourceName, item: SourceItem) {
        self.resource = resource
        self.item = item
    }
}

package enum SourceItem: Codable, Hashable, Sendable {
    case id(ItemID)
    /// Custom Vision only: the project list resolves it.
    case name(String)
}

package struct CopyTarget: Codable, Hashable, Sendable {
    package let resource: ResourceName
    /// Where the caller chooses it (v3 and later): what the copy is called, always given there. Else `nil`.
    package let id: ItemID?
    /// Custom Vision only: what the copy is called; the source's name when absent.
    package let name: String?
    /// v3 and later: what the copy is described with; the source's own is not copied (azure-copy-apis.md 2.1).
    package let description: String?
    /// v3 and later, like the description.
    package let tags: [String: String]

    package init(
        resource: ResourceName,
        id: ItemID? = nil,
        name: String? = nil,
        description: String? = nil,
        tags: [String: String] = [:]
    ) {
        self.resource = resource
        self.id = id
        self.name = name
        self.description = description
        self.tags = tags
    }
}
