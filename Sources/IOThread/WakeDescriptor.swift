import CIOThread
import Glibc

/// An eventfd: written to by any thread, polled by one.
struct WakeDescriptor: ~Copyable, Sendable {
    let number: Int32

    init() throws(IOThreadError) {
        number = acw_eventfd_open()
        guard number >= 0 else { throw IOThreadError(number: errno, call: "eventfd") }
    }

    deinit {
        close(number)
    }

    func signal() {
        // Fails only when the counter is full, and then the reader is awake in any case.
        _ = acw_eventfd_signal(number)
    }

    func clear() {
        _ = acw_eventfd_clear(number)
    }
}
