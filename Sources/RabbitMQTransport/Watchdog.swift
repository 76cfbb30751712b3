import Glibc
import IOThread
import Synchronization

/// Breaks a connection whose thread has been stuck in the library for too long: a write to a peer that takes nothing
/// may otherwise last for ever (rabbitmq.md 2.3). It only shuts the socket down; the stuck call then fails by itself.
final class Watchdog: Sendable {
    /// Ends the watching when it is released.
    final class Watch: Sendable {
        private let watchdog: Watchdog
        private let number: Int

        fileprivate init(_ watchdog: Watchdog, _ number: Int) {
            self.watchdog = watchdog
            self.number = number
        }

        deinit {
            watchdog.forget(number)
        }
    }

    private struct Post {
        let descriptor: Int32
        let limit: Duration
        weak var thread: IOThread?
    }

    private struct State {
        var posts: [Int: Post] = [:]
        var nextNumber = 0
        var isRunning = false
    }

    private static let round: UInt32 = 500_000
    private let state = Mutex(State())

    /// - Parameter limit: how long one turn of the thread may last.
    func watch(_ descriptor: Int32, thread: IOThread, limit: Duration) -> Watch {
        let (number, mustStart) = state.withLock { state in
            state.nextNumber += 1
            state.posts[state.nextNumber] = Post(descriptor: descriptor, limit: limit, thread: thread)
            defer { state.isRunning = true }
            return (state.nextNumber, !state.isRunning)
        }
        if mustStart { start() }
        return Watch(self, number)
    }

    private func forget(_ number: Int) {
        state.withLock { _ = $0.posts.removeValue(forKey: number) }
    }

    /// Looks at every thread; the descriptors are open as long as their posts stand, which the lock guarantees.
    private func makeRound() -> Bool {
        state.withLock { state in
            for post in state.posts.values {
                if let time = post.thread?.turnTime, time > post.limit {
                    shutdown(post.descriptor, Int32(SHUT_RDWR))
                }
            }
            state.isRunning = !state.posts.isEmpty
            return state.isRunning
        }
    }

    private func start() {
        let me = unsafe Unmanaged.passRetained(self)
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { pointer in
                let watchdog = unsafe Unmanaged<Watchdog>.fromOpaque(pointer!).takeRetainedValue()
                repeat { usleep(Watchdog.round) } while watchdog.makeRound()
                return nil
            }, unsafe me.toOpaque()
        )
        precondition(status == 0, "the process can start no more threads")
        pthread_detach(thread)
    }
}
