import Foundation

/// A place in the life of one request at which a mortal worker stops.
struct Stop: Hashable, Sendable, Encodable {
    enum When: String, Encodable, CaseIterable {
        case before, after
    }

    let request: String
    let act: String
    let when: When
    let number: Int
}

/// A worker that does something to itself when every stop is reached, and keeps a diary.
struct MortalWorker: Sendable {
    enum Deed: String, Encodable {
        case none, kill, freeze, terminate, hold, loseAnswers
    }

    let program: ProgramUnderTest
    let diaryFile: URL
    fileprivate let releaseFile: URL

    /// Lets go of what is held for the deed `hold`.
    func release() throws {
        try Data().write(to: releaseFile)
    }

    var diary: [String] {
        ((try? String(contentsOf: diaryFile, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }

    var hasReachedAll: Bool { diary.contains("all reached") }

    /// The stops that were reached, told as in the diary.
    func hasReached(_ stop: Stop) -> Bool {
        diary.contains("reached \(stop.when) \(stop.act) \(stop.number) \(stop.request)")
    }

    /// The acts of a request, with how often each happened.
    func acts(of request: String) -> [String: Int] {
        diary.reduce(into: [:]) { counts, line in
            let words = line.split(separator: " ")
            guard words.count == 3, words[2] == request else { return }
            counts[String(words[0]), default: 0] += 1
        }
    }

    /// `T` while it is frozen.
    var processState: Character? {
        let stat = (try? String(contentsOfFile: "/proc/\(program.pid)/stat", encoding: .utf8)) ?? ""
        return stat.split(separator: ")").last?.first { $0 != " " }
    }
}

extension World {
    private struct Script: Encodable {
        let deed: MortalWorker.Deed
        let stops: [Stop]
        let diary: String
        let release: String
    }

    func startMortalWorker(_ name: String, _ deed: MortalWorker.Deed, stops: [Stop] = []) throws -> MortalWorker {
        let diary = folder.appending(path: "\(name).diary")
        let release = folder.appending(path: "\(name).release")
        let script = folder.appending(path: "\(name).script")
        try JSONEncoder().encode(Script(deed: deed, stops: stops, diary: diary.path, release: release.path))
            .write(to: script)
        let program = try startProgram("mortal-worker", ["--script", script.path], log: name)
        return MortalWorker(program: program, diaryFile: diary, releaseFile: release)
    }
}
