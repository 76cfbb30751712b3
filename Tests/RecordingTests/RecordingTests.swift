import CopyDomain
import Foundation
import Testing

/// Real conversations with the service as judges. `RECORDINGS` names another folder of the same format.
@Suite("Recordings")
struct RecordingTests {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["RECORDINGS"], !path.isEmpty {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Recordings")
    }()

    static let files: [URL] = {
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "json" && $0.lastPathComponent != "index.json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }()

    @Test("there are recordings")
    func some() {
        #expect(!Self.files.isEmpty, "no recording in \(Self.folder.path)")
    }

    @Test("a copy is asked for as in the recording, and its answers are understood", arguments: files)
    func replay(file: URL) async throws {
        let recording: Recording
        do {
            recording = try Recording(file: file)
        } catch {
            print("recording \(file.lastPathComponent): FAILED, it cannot be read: \(error)")
            throw error
        }
        let conversations = Conversation.all(in: recording)
        var faults: [String] = []
        for conversation in conversations {
            let report = await Replay(conversation, of: recording).run()
            faults += report.faults
            print(Self.line(recording, conversation, report))
        }
        let rest = await SingleAnswers(recording, besides: conversations).read()
        faults += rest.faults
        if conversations.isEmpty {
            print("recording \(recording.name): not a copy conversation: \(rest.reason)")
        } else if !rest.read.isEmpty {
            print("recording \(recording.name): besides, \(rest.reason)")
        }
        #expect(faults.isEmpty)
    }

    private static func line(_ recording: Recording, _ conversation: Conversation, _ report: Replay.Report) -> String {
        let version = conversation.version
        let spoken = version.isSpoken ? version.recorded : "\(version.recorded) read as \(version.spoken.rawValue)"
        let own = report.record.own.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let added = own.isEmpty ? "" : ", of its own: \(own.joined(separator: ", "))"
        let verdict = report.faults.isEmpty ? "replayed" : "FAILED (\(report.faults.joined(separator: "; ")))"
        return "recording \(recording.name): \(verdict), \(spoken): \(report.record.followed) of "
            + "\(conversation.flow.count) requests as recorded\(added); \(report.end)"
    }
}
