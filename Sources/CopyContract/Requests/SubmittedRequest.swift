package import CopyDomain

/// A request whose wire form is right; whether resources, versions and routes exist is the configuration's matter.
package struct SubmittedRequest: Hashable, Sendable {
    package var id: RequestID
    package var kind: CopyKind
    package var source: CopySource
    /// As given: without the defaults that follow from the version.
    package var target: CopyTarget
    /// As given; `nil`: the source resource's own setting.
    package var apiVersion: APIVersion?
    /// As given; `nil`: fail.
    package var onConflict: ConflictPolicy?
    package var allowsDegrading: Bool
    package var purpose: CopyRequest.Purpose
    package var deadline: Timestamp?
    /// Kind, source, target, apiVersion, onConflict, allowDegrade and check as given, in one canonical JSON text: two
    /// requests of one id are the same request if and only if these bytes are the same.
    package var content: [UInt8]

    package init(
        id: RequestID,
        kind: CopyKind,
        source: CopySource,
        target: CopyTarget,
        apiVersion: APIVersion?,
        onConflict: ConflictPolicy? = nil,
        allowsDegrading: Bool = false,
        purpose: CopyRequest.Purpose = .copy,
        deadline: Timestamp?,
        content: [UInt8]
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
        self.content = content
    }

    /// The request in the words of a version, which may be the source resource's own setting.
    ///
    /// - Throws: a rejection for a field that the version does not have, and for an id that cannot be chosen.
    package func spoken(in version: APIVersion) throws(Rejection) -> CopyRequest {
        do {
            try VersionFields(kind: kind, version: version).check(self)
        } catch {
            throw rejection(error.code, error.message, field: error.field)
        }
        return CopyRequest(
            id: id,
            kind: kind,
            source: source,
            target: CopyTarget(
                resource: target.resource,
                id: chosenID(in: version),
                name: target.name,
                description: target.description,
                tags: target.tags
            ),
            apiVersion: version,
            onConflict: onConflict ?? .fail,
            allowsDegrading: allowsDegrading,
            purpose: purpose,
            deadline: deadline
        )
    }

    package func rejection(_ code: RejectionCode, _ message: String, field: String? = nil) -> Rejection {
        Rejection(code, message, field: field, requestID: id, kind: kind, targetResource: target.resource)
    }

    /// The source's id where the caller chooses and has not.
    private func chosenID(in version: APIVersion) -> ItemID? {
        switch (version.family, source.item) {
        case (.documentIntelligence, .id(let id)): target.id ?? id
        case (.documentIntelligence, .name), (.formRecognizer, _), (.customVision, _): nil
        }
    }
}
