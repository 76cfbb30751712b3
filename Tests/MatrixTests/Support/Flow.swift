import AzureEmulation
import CopyDomain

/// A way from request to success that a script plays: what is lost, or when the worker dies, varies.
enum Flow: String, CaseIterable, Sendable {
    case straight
    /// The first copy fails, is cleaned up, and another is made.
    case anew
    /// The target's id is taken and is replaced.
    case replacing

    static func all(of subject: Subject) -> [Flow] {
        switch subject.family {
        case .formRecognizer, .customVision: [.straight, .anew]
        case .documentIntelligence: [.straight, .anew, .replacing]
        }
    }

    func script(_ subject: Subject) -> Script {
        switch self {
        case .straight: Script(subject)
        case .anew: Script(subject).with { $0.faults = [subject.failure(count: 1)] }
        case .replacing:
            Script(subject).with {
                $0.isTaken = true
                $0.onConflict = .replace
            }
        }
    }
}

extension Subject {
    /// The emulator's names of the calls with a side effect that a flow makes.
    func sideEffects(in flow: Flow) -> [String] {
        switch (family, flow) {
        case (.formRecognizer, .anew): ["authorize", "copy", "deleteModel"]
        case (.formRecognizer, .straight), (.formRecognizer, .replacing): ["authorize", "copy"]
        case (.documentIntelligence, .straight): ["authorizeCopy", "copyTo"]
        case (.documentIntelligence, .anew), (.documentIntelligence, .replacing):
            ["authorizeCopy", "copyTo", kind == .documentClassifier ? "deleteClassifier" : "deleteModel"]
        case (.customVision, .straight), (.customVision, .replacing): ["import", "updateProject"]
        case (.customVision, .anew): ["import", "updateProject", "deleteProject"]
        }
    }
}
