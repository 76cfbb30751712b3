import AMQP
import IOThread
import Synchronization

/// One thread that looks at all the others from outside.
///
/// The library can block without limit in `send` (a black hole, a memory alarm with full buffers), and a resolver can
/// take its time. From another thread nothing may be done to a connection but `shutdown(2)` of its socket, which lets
/// the blocked call return.
final class Watchdog: Sendable {
    /// Something that is to happen if nobody calls it off.
    struct Alarm: Hashable, Sendable {
        fileprivate let id: UInt64
    }

    private struct State {
        var alarms: [UInt64: (due: SuspendingClock.Instant, action: @Sendable () -> Void)] = [:]
        var wards: [ObjectIdentifier: Ward] = [:]
        var nextID: UInt64 = 0
        /// When the thread looks next, if it is not woken.
        var plannedLook: SuspendingClock.Instant?
    }

    private let state = Mutex(State())
    private let thread: IOThread
    private let clock = SuspendingClock()

    init() throws(AMQPError) {
        do {
            thread = try IOThread(name: "amqp-watchdog")
        } catch {
            throw AMQPError(.connectionLost, "The watchdog cannot be started: \(error)")
        }
        thread.attach(IOPump(flush: { [weak self] in self?.look() ?? .untilWoken }))
    }

    deinit {
        thread.requestStop()
    }

    var now: SuspendingClock.Instant { clock.now }

    /// Calls `action` on the watchdog's thread after `delay`; it must not block.
    func alarm(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> Alarm {
        let due = now.advanced(by: delay)
        let (alarm, isEarlier) = state.withLock { state in
            state.nextID += 1
            state.alarms[state.nextID] = (due, action)
            return (Alarm(id: state.nextID), state.plannedLook.map { due < $0 } ?? true)
        }
        if isEarlier { thread.wakeUp() }
        return alarm
    }

    func callOff(_ alarm: Alarm) {
        state.withLock { _ = $0.alarms.removeValue(forKey: alarm.id) }
    }

    func add(_ ward: Ward) {
        state.withLock { $0.wards[ObjectIdentifier(ward)] = ward }
        thread.wakeUp()
    }

    func remove(_ ward: Ward) {
        state.withLock { _ = $0.wards.removeValue(forKey: ObjectIdentifier(ward)) }
    }

    private func look() -> IOWait {
        let now = now
        let (due, silent, next) = state.withLock { state in
            // Late by more than a machine's usual hiccup: the process was frozen, and its threads with it. They get
            // their time again.
            let wasFrozen = state.plannedLook.map { $0.duration(to: now) > .seconds(1) } ?? false
            if wasFrozen { for ward in state.wards.values { ward.tick(at: now) } }
            let due = state.alarms.filter { $0.value.due <= now }
            for id in due.keys { state.alarms[id] = nil }
            let silent = state.wards.values.filter { $0.deadline <= now }
            for ward in silent { state.wards[ObjectIdentifier(ward)] = nil }
            let next = (state.alarms.values.map(\.due) + state.wards.values.map(\.deadline)).min()
            state.plannedLook = next
            return (due.values.map(\.action), silent, next)
        }
        for ward in silent { ward.cut() }
        for action in due { action() }
        return IOWait(limit: next.map { max(.zero, now.duration(to: $0)) })
    }
}
