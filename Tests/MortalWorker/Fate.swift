import Foundation
import Glibc
import Synchronization

/// Holds requests at their stops, and does the script's deed when every stop is reached.
final class Fate: Sendable {
    private struct State {
        var counts: [String: Int] = [:]
        var missing: Set<Script.Stop>
        var held: [CheckedContinuation<Void, Never>] = []
        var isDone = false
    }

    private let script: Script
    private let diary: Int32
    private let state: Mutex<State>

    init(_ script: Script) throws {
        self.script = script
        state = Mutex(State(missing: Set(script.stops)))
        diary = unsafe open(script.diary, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard diary >= 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Gives an act of a request its number, and holds the request if it is to stop before it.
    func begin(_ act: Act, of request: String) async -> Int {
        let number = state.withLock { state in
            state.counts["\(request) \(act)", default: 0] += 1
            return state.counts["\(request) \(act)"] ?? 0
        }
        note("\(act) \(number) \(request)")
        await pass(act, .before, number, of: request)
        return number
    }

    /// Holds the request if it is to stop after the act.
    /// - Returns: whether the answer is lost.
    func end(_ act: Act, _ number: Int, of request: String) async -> Bool {
        let isLost = await pass(act, .after, number, of: request)
        if act == .published { ended(request) }
        return isLost
    }

    /// A request that has come to its end without meeting its stop does not keep the others waiting.
    private func ended(_ request: String) {
        let missed = state.withLock { state in state.missing.filter { $0.request == request && $0.act != .confirm } }
        for stop in missed {
            note("missed \(stop.when) \(stop.act) \(stop.number) \(stop.request)")
            arrived(stop)
        }
    }

    /// Whether the script stops a request at this kind of act.
    func stops(_ request: String, at act: Act) -> Bool {
        script.stops.contains { $0.request == request && $0.act == act }
    }

    @discardableResult
    private func pass(_ act: Act, _ when: Script.When, _ number: Int, of request: String) async -> Bool {
        let stop = Script.Stop(request: request, act: act, when: when, number: number)
        guard script.stops.contains(stop) else { return false }
        note("reached \(when) \(act) \(number) \(request)")
        guard script.deed != .loseAnswers else { return true }
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if !state.isDone { state.held.append(continuation) }
                return state.isDone
            }
            guard !isDone else { return continuation.resume() }
            arrived(stop)
        }
        return false
    }

    private func arrived(_ stop: Script.Stop) {
        let isLast = state.withLock { state in
            state.missing.remove(stop)
            return state.missing.isEmpty
        }
        guard isLast else { return }
        note("all reached")
        switch script.deed {
        case .none, .loseAnswers: break
        case .kill: kill(getpid(), SIGKILL)
        case .freeze: kill(getpid(), SIGSTOP)
        case .terminate: kill(getpid(), SIGTERM)
        case .hold:
            Thread { [self] in
                while let release = script.release, unsafe access(release, F_OK) != 0 { usleep(20_000) }
                letGo()
            }.start()
            return
        }
        letGo()
    }

    private func letGo() {
        let held = state.withLock { state in
            state.isDone = true
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    private func note(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(diary, $0.baseAddress, $0.count) }
    }
}
