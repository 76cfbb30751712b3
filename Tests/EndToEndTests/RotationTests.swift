import Foundation
import Testing

@Suite("Keys that change")
struct RotationTests {
    /// How a file gets its new content.
    private enum Replacing: Sendable, CaseIterable {
        case byRename
        /// As Kubernetes does: the file is a link into a folder that is replaced as a whole.
        case bySymlink
    }

    @Test("in Azure first, then in the key files, while copies run: picked up without a restart, no copy fails")
    func rotated() async throws {
        var options = World.Options()
        // Long enough for four rotations on a busy machine, each of which waits for a poll.
        options.copySeconds = 15
        options.keysInFiles = true
        try await World.with(options) { world in
            try Self.link(world.keyFile(of: World.target(1)), in: world)
            try Self.link(world.keyFile(of: World.source(1)), in: world)
            let worker = try world.startWorker("worker")
            try await Client.with(world) { client in
                let requests = Family.allCases.flatMap { family in
                    (0..<4).map { number in
                        family.request("\(family)-\(number)", source: number % 2, item: number, target: number % 2)
                    }
                }
                let ids = requests.compactMap { $0["id"] as? String }
                try await client.submit(all: requests)
                let areCopying = await eventually(within: .seconds(60)) {
                    Set(client.events.filter { $0.json["data"]["phase"].string == "copying" }.compactMap(\.request))
                        .count == ids.count
                }
                #expect(areCopying)
                for (resource, replacing) in [
                    (World.source(0), Replacing.byRename), (World.target(0), .byRename),
                    (World.source(1), .bySymlink), (World.target(1), .bySymlink),
                ] {
                    try await Self.rotate(resource, replacing, in: world)
                }
                #expect(await client.waitForOutcomes(of: ids, within: .seconds(120)) == [])
                try await expectOnceEach(ids, client: client, world: world)
                for resource in world.resources.keys {
                    let used = try await Self.uses(of: Self.newKey(of: resource), at: resource, in: world)
                    #expect(used > 0, "\(resource)")
                }
            }
            #expect(worker.isRunning)
            await worker.killAndWait()
        }
    }

    private static func newKey(of resource: String) -> String { "rotated-key-of-\(resource)" }

    /// The old key is refused before the worker can know the new one.
    private static func rotate(_ resource: String, _ replacing: Replacing, in world: World) async throws {
        let old = world.resources[resource]?["key"].string ?? ""
        let before = try await uses(of: old, at: resource, in: world)
        try await world.admin.post("/resources/\(resource)/keys", ["keys": [newKey(of: resource)]])
        // Sources are polled once a second by each copy, targets only of projects.
        let isRefused = await eventually(within: .seconds(20), every: .milliseconds(20)) {
            await (try? uses(of: old, at: resource, in: world)) ?? 0 > before
        }
        #expect(isRefused, "\(resource)")
        let file = world.keyFile(of: resource)
        switch replacing {
        case .byRename: try replace(file, with: newKey(of: resource))
        case .bySymlink: try relink(file, to: newKey(of: resource), in: world)
        }
    }

    /// How often a key came to a resource, in whichever header.
    private static func uses(of key: String, at resource: String, in world: World) async throws -> Int {
        let headers = try await world.admin.get("/report/headers")[resource]
        return ["ocp-apim-subscription-key", "training-key"].reduce(0) {
            $0 + (headers[$1]["values"][key].int ?? 0)
        }
    }

    // MARK: - Files behind links

    /// Makes of a file a link to `..data/NAME`, where `..data` is a link to a folder.
    private static func link(_ file: URL, in world: World) throws {
        let folder = try fill(file, with: String(contentsOf: file, encoding: .utf8), in: world)
        let manager = FileManager.default
        let data = data(of: file, in: world)
        try manager.createSymbolicLink(at: data, withDestinationURL: folder)
        try manager.removeItem(at: file)
        try manager.createSymbolicLink(at: file, withDestinationURL: data.appending(path: file.lastPathComponent))
    }

    private static func relink(_ file: URL, to text: String, in world: World) throws {
        let folder = try fill(file, with: text, in: world)
        let fresh = folder.appendingPathExtension("link")
        try FileManager.default.createSymbolicLink(at: fresh, withDestinationURL: folder)
        try move(fresh, over: data(of: file, in: world))
    }

    private static func data(of file: URL, in world: World) -> URL {
        world.folder.appending(path: "..data-\(file.lastPathComponent)")
    }

    private static func fill(_ file: URL, with text: String, in world: World) throws -> URL {
        let folder = world.folder.appending(path: "data-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try Data(text.utf8).write(to: folder.appending(path: file.lastPathComponent))
        return folder
    }
}
