import ArgumentParser
import Glibc

/// Shares seeds out over processes of this program.
enum Children {
    @safe private struct Child {
        let process: pid_t
        let output: UnsafeMutablePointer<FILE>
    }

    static func play(_ command: SeedsCommand) throws -> Tally {
        let share = (command.seeds + UInt64(command.jobs) - 1) / UInt64(command.jobs)
        var children: [Child] = []
        for number in 0..<UInt64(command.jobs) where number * share < command.seeds {
            let first = command.first + number * share
            let seeds = min(share, command.seeds - number * share)
            var arguments = ["copy-simulator", "seeds", "--first", "\(first)", "--seeds", "\(seeds)"]
            arguments.append("--machine-readable")
            if command.hashes { arguments.append("--hashes") }
            if let limit = command.timeLimit { arguments += ["--time-limit", "\(limit)"] }
            if let without = command.without { arguments += ["--without", without] }
            for blow in command.only { arguments += ["--only", blow] }
            children.append(try start(arguments))
        }
        var total = Tally()
        for child in children {
            // One after the other: what the others say meanwhile waits in their pipes or holds them up.
            if let tally = follow(child) {
                total.add(tally)
            } else {
                print("a process ended without a word; its seeds are not counted")
                throw ExitCode(2)
            }
        }
        return total
    }

    private static func start(_ arguments: [String]) throws -> Child {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw ExitCode(2) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        unsafe posix_spawn_file_actions_addclose(&actions, ends[0])
        unsafe posix_spawn_file_actions_addclose(&actions, ends[1])
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var process: pid_t = 0
        let status = unsafe posix_spawn(&process, "/proc/self/exe", &actions, nil, &words, environ)
        close(ends[1])
        guard status == 0, let output = unsafe fdopen(ends[0], "r") else { throw ExitCode(2) }
        return unsafe Child(process: process, output: output)
    }

    /// Prints what a child says; its last line is its tally.
    private static func follow(_ child: Child) -> Tally? {
        var tally: Tally?
        var line: UnsafeMutablePointer<CChar>? = nil
        var capacity = 0
        while unsafe getline(&line, &capacity, child.output) > 0, let text = unsafe line {
            var sentence = unsafe String(cString: text)
            if sentence.hasSuffix("\n") { sentence.removeLast() }
            if let found = Tally(line: sentence) {
                tally = found
            } else {
                print(sentence)
            }
        }
        unsafe free(line)
        unsafe fclose(child.output)
        var status: Int32 = 0
        unsafe waitpid(child.process, &status, 0)
        return tally
    }
}
