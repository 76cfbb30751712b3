import IOThread

/// An actor that lives on its own thread.
actor Counter {
    nonisolated let thread: IOThread
    private(set) var value = 0
    private(set) var order: [Int] = []

    init(_ name: String = "counter") throws {
        thread = try IOThread(name: name)
    }

    isolated deinit {
        thread.requestStop()
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    func add(_ number: Int) -> Bool {
        value += 1
        order.append(number)
        return thread.isCurrent
    }

    /// For code that the compiler cannot see to be on the actor.
    nonisolated func addAssumed() {
        assumeIsolated { $0.value += 1 }
    }
}
