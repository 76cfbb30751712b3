import AzureAI
import CopyDomain

/// One call of any family, and what Azure may answer to it.
///
/// The first line is the call's letter, the version's digit, a space, and an id or URL that the service once gave; the
/// answers follow.
enum AnswerHarness: Harness {
    static let name = "answers"

    static func run(_ input: [UInt8]) {
        guard let end = input.firstIndex(of: 10), end >= 3 else { return }
        let entry = Calls.all[Int(input[0] &- UInt8(ascii: "A")) % Calls.all.count]
        let version = entry.versions[Int(input[1] &- UInt8(ascii: "0")) % entry.versions.count]
        let id = String(decoding: input[3..<end], as: UTF8.self)
        // No service calls anything by another's key.
        guard !World.hosts.keys.contains(where: { Canary.isShown($0, in: id) }) else { return }
        let call = entry.call(id)
        let parts = InputText.parts(input[(end + 1)...])
        let http = ScriptedAzure(parts.map(HTTPResponse.init), hosts: World.hosts)
        let (logger, pages) = LogBook.logger()
        let plan = World.plan(version, kind: entry.kind ?? version.kinds[0])
        let result = waiting {
            await World.client(http, logger: logger).send(call, plan: plan, permit: Permit(), sendBefore: nil)
        }
        check(result, call, entry.name)
        // One resource does not know, and so cannot quote, the key of another.
        Canary.require(secrets(of: call), hiddenIn: pages.text, "a log line")
    }

    private static func check(_ result: CallResult, _ call: CopyCall, _ name: String) {
        switch result {
        case .answered(let answer, _, _):
            Tally.count("answered.\(name)")
            for id in ids(in: answer) { holds((1...128).contains(id.utf8.count), "an id of \(id.utf8.count) bytes") }
        case .failed(let failure):
            Tally.count("failed.\(failure.code.rawValue)")
            check(failure, secrets: secrets(of: call))
        case .tooLate: violated("a call without a limit came too late")
        }
    }

    /// A failure goes into events and logs.
    static func check(_ failure: CallFailure, secrets: [String]) {
        var texts = [failure.message]
        if let azure = failure.azure {
            texts += [azure.code, azure.innerCode, azure.message, azure.requestID].compactMap { $0 }
        }
        for text in texts {
            Canary.require(secrets, hiddenIn: text, "a failure")
            holds(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }, "breaks its line: \(text)")
            holds(text.count <= 1500, "has \(text.count) characters")
        }
        if case .notDone(let pause?) = failure.fate {
            holds(pause >= .zero && pause <= .seconds(3600), "a pause of \(pause)")
        }
    }

    private static func secrets(of call: CopyCall) -> [String] {
        let key =
            switch call.side {
            case .source: Canary.sourceKey
            case .target: Canary.targetKey
            }
        switch call {
        case .formRecognizer(.startCopy), .documentIntelligence(.startCopy): return [key, Canary.copyToken]
        case .customVision(.importProject): return [key, Canary.signature]
        case .formRecognizer, .documentIntelligence, .customVision: return [key]
        }
    }

    private static func ids(in answer: CopyAnswer) -> [String] {
        switch answer {
        case .formRecognizer(.authorized(let grant)): [grant.modelID]
        case .formRecognizer(.sourceModel(let model?)), .formRecognizer(.targetModel(let model?)): [model.id]
        case .formRecognizer(.targetModels(let models)): models.map(\.id)
        case .documentIntelligence(.source(let item?)), .documentIntelligence(.target(let item?)): [item.id]
        case .customVision(.project(let project?)), .customVision(.imported(let project)),
            .customVision(.renamed(let project)):
            [project.id]
        case .customVision(.projects(let projects)): projects.map(\.id)
        case .formRecognizer, .documentIntelligence, .customVision: []
        }
    }
}
