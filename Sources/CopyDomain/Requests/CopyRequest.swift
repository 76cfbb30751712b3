/// What is copied.
package enum CopyKind: String, Codable, CaseIterable, Sendable {
    /// A Form Recognizer custom model.
    case documentModel = "document-model"
    /// A Custom Vision project.
    case visionProject = "vision-project"
}

/// An API generation this worker speaks; the raw value is the spelling in requests, configuration and URLs.
package enum APIVersion: String, Codable, CaseIterable, Sendable {
    case formRecognizer2_0Preview = "v2.0-preview"
    case formRecognizer2_0 = "v2.0"
    case formRecognizer2_1 = "v2.1"
    case customVision3_3 = "v3.3"
    case customVision3_4Preview = "v3.4-preview"

    package var kind: CopyKind {
        switch self {
        case .formRecognizer2_0Preview, .formRecognizer2_0, .formRecognizer2_1: .documentModel
        case .customVision3_3, .customVision3_4Preview: .visionProject
        }
    }
}

/// A copy request whose every field has been checked against the kind and the version it names.
package struct CopyRequest: Codable, Hashable, Sendable {
    package let id: RequestID
    package let source: CopySource
    package let target: CopyTarget
    /// From the request, else the source resource's own setting.
    package let apiVersion: APIVersion
    /// From the request; the first accept makes it absolute with the configured time per kind.
    package let deadline: Timestamp?

    package var kind: CopyKind { apiVersion.kind }

    package init(
        id: RequestID,
        source: CopySource,
        target: CopyTarget,
        apiVersion: APIVersion,
        deadline: Timestamp?
    ) {
        self.id = id
        self.source = source
        self.target = target
        self.apiVersion = apiVersion
        self.deadline = deadline
    }
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
    /// Custom Vision only: what the copy is called; the source's name when absent.
    package let name: String?

    package init(resource: ResourceName, name: String?) {
        self.resource = resource
        self.name = name
    }
}
