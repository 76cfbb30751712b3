/// Why a request failed: a closed list of this project's own, stable codes.
package enum FailureCode: String, Codable, CaseIterable, Sendable {
    case sourceNotFound = "source_not_found"
    case sourceAmbiguous = "source_ambiguous"
    case sourceNotReady = "source_not_ready"
    case accessDenied = "access_denied"
    case requestRefused = "request_refused"
    case versionRetired = "version_retired"
    case targetLimitReached = "target_limit_reached"
    case targetNameTaken = "target_name_taken"
    case targetIDTaken = "target_id_taken"
    case targetReserved = "target_reserved"
    case targetMismatch = "target_mismatch"
    case targetInvalid = "target_invalid"
    case targetVanished = "target_vanished"
    case copyFailed = "copy_failed"
    case copyIncomplete = "copy_incomplete"
    case dataProtection = "data_protection"
    case sourceVersionMismatch = "source_version_mismatch"
    case importFailed = "import_failed"
    case importStuck = "import_stuck"
    case authorizationExpired = "authorization_expired"
    case throttled = "throttled"
    case azureUnavailable = "azure_unavailable"
    case unexpectedAnswer = "unexpected_answer"
    case foreignOperationLocation = "foreign_operation_location"
    case credentialMissing = "credential_missing"
    case credentialRefused = "credential_refused"
    case customSubdomainRequired = "custom_subdomain_required"
    case deadlineExceeded = "deadline_exceeded"
    case workerKilled = "worker_killed"

    /// What a person should do about it.
    package var advice: String {
        switch self {
        case .sourceNotFound: "Check the source's id or name and that it lives in the source resource."
        case .sourceAmbiguous: "Name the source project by its id; several projects have this name."
        case .sourceNotReady: "Wait until the source has finished training or importing, then send a new request."
        case .accessDenied:
            """
            Check the key or the credential in the worker's configuration, its role on the resource (Cognitive Services \
            User, for projects Cognitive Services Custom Vision Contributor), the resource's endpoint, and its network \
            rules. Custom Vision also answers so when the resource has all the projects it may have.
            """
        case .requestRefused: "Azure refused the request as it is; see azure.message, correct it, send a new request."
        case .versionRetired: "Azure has switched this API version off; send a new request with a later one."
        case .targetLimitReached: "Delete models or projects in the target resource, or raise its limit."
        case .targetNameTaken: "Choose another target.name."
        case .targetIDTaken: "Choose another target.id, or say with onConflict what to do with what is there."
        case .targetReserved:
            "A model that is being built or an unused authorization holds the id; choose another target.id, or wait."
        case .targetMismatch:
            "Compare armId and region of the target in the worker's configuration with the Azure portal."
        case .targetInvalid: "Azure could not build the copy; try again with a new request."
        case .targetVanished: "The copy disappeared from the target before it could be verified; find out who deletes."
        case .copyFailed: "Azure gave up on the copy; try again with a new request, then ask Azure's support."
        case .copyIncomplete: "The copy lacked parts of its source and was deleted; try again with a new request."
        case .dataProtection:
            "Source and target protect data differently; see azure.message, correct the target's encryption, or allow "
                + "the difference with allowDegrade."
        case .sourceVersionMismatch: "Name the API version that the source was built with, or a later one."
        case .importFailed: "Azure could not import the project and gives no reason; try again with a new request."
        case .importStuck: "The import did not end in time; try again with a new request."
        case .authorizationExpired:
            "The authorization ran out or was refused before the copy began; try again with a new request."
        case .throttled: "Azure kept refusing for too many calls; lower the load or raise the resource's limits."
        case .azureUnavailable: "Azure did not answer properly until the deadline; try again with a new request."
        case .unexpectedAnswer: "Azure answered what this worker does not understand; report it with azure.requestId."
        case .foreignOperationLocation:
            "Azure named a host that is not the source resource's; check the endpoint in the worker's configuration."
        case .credentialMissing:
            "Give the worker the key, secret or token file of the resource's credential, as its configuration says."
        case .credentialRefused:
            "Entra ID refuses the credential; check its tenant, client id and secret or federation, and the AADSTS code."
        case .customSubdomainRequired:
            """
            Give the resource a custom subdomain and write it as its endpoint, e.g. \
            https://NAME.cognitiveservices.azure.com; regional endpoints take keys only.
            """
        case .deadlineExceeded: "Send a new request with a later deadline."
        case .workerKilled:
            "Look into the logs of the workers that died and report it; do not send it again before the cause is known."
        }
    }

    /// Whether the same copy can succeed under a new request id without anybody changing anything.
    package var canSucceedLater: Bool {
        switch self {
        case .sourceNotReady, .targetInvalid, .copyFailed, .copyIncomplete, .importFailed, .importStuck,
            .authorizationExpired,
            .throttled, .azureUnavailable, .deadlineExceeded:
            true
        case .sourceNotFound, .sourceAmbiguous, .accessDenied, .requestRefused, .versionRetired, .targetLimitReached,
            .targetNameTaken, .targetIDTaken, .targetReserved, .targetMismatch, .targetVanished, .dataProtection,
            .sourceVersionMismatch, .unexpectedAnswer, .foreignOperationLocation, .credentialMissing,
            .credentialRefused, .customSubdomainRequired, .workerKilled:
            false
        }
    }
}
