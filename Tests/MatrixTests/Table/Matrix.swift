import CopyContract
import CopyDomain

/// Every kind and version in every scenario.
enum Matrix {
    static func cell(_ subject: Subject, _ scenario: Scenario) -> Cell {
        switch subject.family {
        case .formRecognizer: formRecognizer(scenario)
        case .documentIntelligence: documentIntelligence(scenario)
        case .customVision: customVision(scenario)
        }
    }

    private static func formRecognizer(_ scenario: Scenario) -> Cell {
        switch scenario {
        case .copies: Cell(.copied, "copied")
        case .resumes: Cell(.copied, "copied once")
        case .wrongRegion: Cell(.failed(.targetMismatch), "`target_mismatch` after two tries, both targets deleted")
        case .conflictFail, .conflictSkip, .conflictReplace: noChosenID
        case .sourceMissing: Cell(.failed(.sourceNotFound), "`source_not_found`, nothing made")
        case .failedCopy: Cell(.failed(.targetMismatch), "`target_mismatch` after two tries, both targets deleted")
        case .throttled: Cell(.copied, "copied after the wait, one authorization")
        case .lostAnswer: Cell(.copied, "copied once; a lost authorization's empty model is owed")
        }
    }

    private static func documentIntelligence(_ scenario: Scenario) -> Cell {
        switch scenario {
        case .copies: Cell(.copied, "copied")
        case .resumes: Cell(.copied, "copied once")
        case .wrongRegion: Cell(.copied, "cannot be: the authorization names region and resource")
        case .conflictFail: Cell(.failed(.targetIDTaken), "`target_id_taken`, nothing made")
        case .conflictSkip: Cell(.alreadyThere, "left as it is, `alreadyThere`")
        case .conflictReplace: Cell(.copied, "deleted, then copied")
        case .sourceMissing: Cell(.failed(.sourceNotFound), "`source_not_found`, nothing made")
        case .failedCopy: Cell(.failed(.copyFailed), "`copy_failed` after three tries, the id is free again")
        case .throttled: Cell(.copied, "copied after the wait, one authorization")
        case .lostAnswer: Cell(.copied, "copied once, nothing left")
        }
    }

    private static func customVision(_ scenario: Scenario) -> Cell {
        switch scenario {
        case .copies: Cell(.copied, "copied")
        case .resumes: Cell(.copied, "copied once")
        case .wrongRegion: Cell(.copied, "cannot be: no call names a region")
        case .conflictFail, .conflictSkip, .conflictReplace: noChosenID
        case .sourceMissing: Cell(.failed(.sourceNotFound), "`source_not_found`, nothing made")
        case .failedCopy: Cell(.failed(.importFailed), "`import_failed` after two tries, both projects deleted")
        case .throttled: Cell(.copied, "copied after the wait, one import")
        case .lostAnswer: Cell(.copied, "copied once, found by its name")
        }
    }

    private static let noChosenID = Cell(
        .refused(.fieldNotInVersion),
        "not applicable: the service makes the id; `field_not_in_version`"
    )
}
