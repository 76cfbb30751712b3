import Dispatch
import Glibc
import Synchronization

/// A program that runs, with its standard streams on pipes.
///
/// By posix_spawn and waitpid: Foundation's `Process` waits for its children in a way that does not get along with
/// exit tests, which wait for all children.
package final class ChildProcess: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(_ description: String) {
            self.description = description
        }
    }

    package let pid: Int32
    private let input: Mutex<Int32?>
    private let output: Int32
    private let errors: Int32

    /// A descriptor must not slip into a child of another thread between its creation and its CLOEXEC flag: the child
    /// would keep the pipe open.
    private static let spawning = Mutex(())

    /// The tests have no more open; a close of one that is not open does no harm.
    private static let closedDescriptors: Int32 = 1024

    package init(_ path: String, _ arguments: [String]) throws {
        let (pid, input, output, errors) = try Self.spawning.withLock { _ in
            let (input, output, errors) = (try Self.pipe(), try Self.pipe(), try Self.pipe())
            defer { for end in [input.reading, output.writing, errors.writing] { close(end) } }
            var actions = unsafe posix_spawn_file_actions_t()
            unsafe posix_spawn_file_actions_init(&actions)
            defer { unsafe posix_spawn_file_actions_destroy(&actions) }
            unsafe posix_spawn_file_actions_adddup2(&actions, input.reading, 0)
            unsafe posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
            unsafe posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
            // Foundation's `Process` sees the end of its child by a socket without CLOEXEC: a child of ours that was
            // begun in the same moment would keep it open, and the wait would not end.
            for inherited in 3..<Self.closedDescriptors {
                unsafe posix_spawn_file_actions_addclose(&actions, inherited)
            }
            var attributes = posix_spawnattr_t()
            unsafe posix_spawnattr_init(&attributes)
            defer { unsafe posix_spawnattr_destroy(&attributes) }
            // Dispatch's threads block every signal, and a child inherits that: it could only be killed.
            var nothing = sigset_t()
            unsafe sigemptyset(&nothing)
            unsafe posix_spawnattr_setsigmask(&attributes, &nothing)
            unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
            var words: [UnsafeMutablePointer<CChar>?] = unsafe ([path] + arguments).map { unsafe strdup($0) }
            unsafe words.append(nil)
            defer { unsafe words.forEach { unsafe free($0) } }
            var pid: pid_t = 0
            let result = unsafe posix_spawn(&pid, path, &actions, &attributes, &words, environ)
            guard result == 0 else {
                for end in [input.writing, output.reading, errors.reading] { close(end) }
                throw Failure(unsafe "\(path) cannot be started: \(String(cString: strerror(result)))")
            }
            return (pid, input.writing, output.reading, errors.reading)
        }
        self.pid = pid
        self.input = Mutex(input)
        self.output = output
        self.errors = errors
    }

    deinit {
        closeInput()
        close(output)
        close(errors)
    }

    package func write(_ text: String) {
        let bytes = Array(text.utf8)
        input.withLock { input in
            guard let input else { return }
            var sent = 0
            while sent < bytes.count {
                let count = unsafe bytes.withUnsafeBytes {
                    unsafe Glibc.write(input, $0.baseAddress! + sent, bytes.count - sent)
                }
                guard count > 0 else { return }
                sent += count
            }
        }
    }

    package func closeInput() {
        input.withLock { input in
            if let input { close(input) }
            input = nil
        }
    }

    /// The next line of its standard output, without its end; `nil`: there are no more.
    package func line() async -> String? {
        await blocking { [output] in
            var line: [UInt8] = []
            var byte: UInt8 = 0
            while unsafe read(output, &byte, 1) == 1 {
                if byte == 10 { return String(decoding: line, as: UTF8.self) }
                line.append(byte)
            }
            return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
        }
    }

    /// Everything it still writes, and its exit status, once it has ended.
    package func end() async -> (status: Int32, output: String, errors: String) {
        await blocking { [pid, output, errors] in
            var texts: [[UInt8]] = [[], []]
            var sources = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            var buffer = [UInt8](repeating: 0, count: 65536)
            while sources.contains(where: { $0.fd >= 0 }), unsafe poll(&sources, 2, -1) > 0 {
                for index in sources.indices where sources[index].revents != 0 {
                    let count = unsafe read(sources[index].fd, &buffer, buffer.count)
                    if count > 0 { texts[index] += buffer[..<count] } else { sources[index].fd = -1 }
                }
            }
            var status: Int32 = 0
            while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
            // As a shell has it: 128 and the signal.
            let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
            return (code, String(decoding: texts[0], as: UTF8.self), String(decoding: texts[1], as: UTF8.self))
        }
    }

    package func signal(_ number: Int32) {
        kill(pid, number)
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe Glibc.pipe(&ends) == 0 else { throw Failure("There are no descriptors left") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

/// Runs what blocks outside of the cooperative threads.
private func blocking<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: body()) }
    }
}
