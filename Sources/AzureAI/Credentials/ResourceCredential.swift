import CopyDomain
import Logging
import Synchronization

/// The proofs of one resource: taken with permits, and judged by what became of the calls.
final class ResourceCredential: Sendable {
    enum Source: Sendable {
        case key(SecretSourceReading)
        case tokens(TokenStore)
    }

    private struct State {
        var record = RefusalRecord()
        var lastTold: String?
    }

    private let resource: ResourceName
    private let source: Source
    private let timeline: Timeline
    private let logger: Logger
    private let state = Mutex(State())

    init(_ resource: ResourceName, _ source: Source, timeline: Timeline, logger: Logger) {
        self.resource = resource
        self.source = source
        self.timeline = timeline
        self.logger = logger
    }

    /// - Returns: `nil` when the limit came first.
    func proof(within limit: Duration) async throws(CancellationError) -> Result<Proof, CallFailure>? {
        switch source {
        case .key(let read): return key(read)
        case .tokens(let store): return try await store.token(within: limit)
        }
    }

    /// The resource took the proof of a call.
    func accepted() {
        state.withLock { $0.record.accepted() }
    }

    /// The resource refused the proof of a call with 401.
    func refused(_ proof: Proof) -> CallFate {
        let current: Proof?
        switch (source, proof.form) {
        case (.key(let read), _): current = try? key(read).get()
        case (.tokens(let store), .token(let number)):
            store.refused(number: number, wasTaken: state.withLock(\.record.isContent))
            current = nil
        case (.tokens, .key): current = nil
        }
        let now = timeline.now()
        return state.withLock { $0.record.refused(proof, current: current, at: now) }
    }

    /// Why calls to the resource fail, or are about to, for people.
    var trouble: String? {
        switch source {
        case .tokens(let store): return store.trouble
        case .key(let read):
            do {
                return try read().trouble.map { "An older key of \(resource.rawValue) is used: \($0)." }
            } catch {
                return missing("\(error)").message
            }
        }
    }

    private func key(_ read: SecretSourceReading) -> Result<Proof, CallFailure> {
        do {
            let reading = try read()
            tell(reading.trouble)
            if let proof = Proof(reading.secret, .key) { return .success(proof) }
            return .failure(missing("it is empty or has characters that no header may have"))
        } catch {
            tell("\(error)")
            return .failure(missing("\(error)"))
        }
    }

    private func missing(_ reason: String) -> CallFailure {
        CallFailure(
            fate: .refused,
            code: .credentialMissing,
            message: "There is no key for \(resource.rawValue): \(reason)."
        )
    }

    /// Each trouble once, however often the key is read.
    private func tell(_ trouble: String?) {
        let isNews = state.withLock { state in
            defer { state.lastTold = trouble }
            return state.lastTold != trouble
        }
        guard isNews, let trouble else { return }
        logger.warning("the key of a resource: \(trouble)", metadata: [LogKey.resource: "\(resource.rawValue)"])
    }
}
