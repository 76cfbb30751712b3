import AzureEmulation
import CopyDomain

/// A way from request to success that a script plays: what else goes wrong, or when the worker dies, varies.
enum Flow: String, CaseIterable, Sendable {
    case straight
    /// The first copy fails, is cleaned up, and another is made.
    case anew
    /// The target's id is taken and is replaced.
    case replacing
    /// The answer to the authorization is lost.
    case losingAuthorization
    /// The answer to the copy or import is lost.
    case losingCopy

    /// The flows that are played in every detail: all of them for one version of each family and for classifiers,
    /// the first for the others, whose machines are the same.
    static func all(of subject: Subject) -> [Flow] {
        switch subject.version {
        case .formRecognizer2_1: [.straight, .anew, .losingAuthorization, .losingCopy]
        case .documentIntelligence4_0: allCases
        case .customVision3_3: [.straight, .anew, .losingCopy]
        case .documentIntelligence3_0, .documentIntelligence3_1: [.straight, .replacing]
        case .formRecognizer2_0Preview, .formRecognizer2_0, .customVision3_4Preview: [.straight]
        }
    }

    func script(_ subject: Subject) -> Script {
        var script = Script(subject)
        switch self {
        case .straight: break
        case .anew: script.faults = [subject.failure(count: 1)]
        case .replacing:
            script.isTaken = true
            script.onConflict = .replace
        case .losingAuthorization:
            script.faults = [FaultRule(.answerLost, resource: "east", call: subject.authorizeCall, count: 1)]
        case .losingCopy:
            script.faults = [
                FaultRule(.answerLost, resource: subject.copyResource, call: subject.copyCall, count: 1)
            ]
        }
        return script
    }
}
