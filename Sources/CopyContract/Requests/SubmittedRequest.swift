package import CopyDomain

/// A request whose wire form is right; whether resources, versions and routes exist is the configuration's matter.
package struct SubmittedRequest: Hashable, Sendable {
    package var id: RequestID
    package var kind: CopyKind
    package var source: CopySource
    package var targetResource: ResourceName
    package var targetName: String?
    /// As given; `nil`: the source resource's own setting.
    package var apiVersion: APIVersion?
    package var deadline: Timestamp?
    /// Kind, source, target, apiVersion and onConflict as given, in one canonical JSON text: two requests of one id
    /// are the same request if and only if these bytes are the same.
    package var content: [UInt8]

    package init(
        id: RequestID,
        kind: CopyKind,
        source: CopySource,
        targetResource: ResourceName,
        targetName: String?,
        apiVersion: APIVersion?,
        deadline: Timestamp?,
        content: [UInt8]
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.targetResource = targetResource
        self.targetName = targetName
        self.apiVersion = apiVersion
        self.deadline = deadline
        self.content = content
    }
}
