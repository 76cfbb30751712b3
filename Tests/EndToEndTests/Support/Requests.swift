/// Requests over the items of a world, families and versions in turn.
enum Requests {
    static func model(
        _ id: String,
        source: Int,
        item: Int,
        target: Int,
        version: String = "v2.1"
    ) -> [String: any Sendable] {
        [
            "id": id, "kind": "document-model", "apiVersion": version,
            "source": ["resource": World.source(source), "id": World.model(item, of: source)],
            "target": ["resource": World.target(target)],
        ]
    }

    /// - Parameters:
    ///   - targetID: without it the request's id.
    ///   - more: further fields.
    static func document(
        _ id: String,
        source: Int,
        item: Int,
        target: Int,
        called targetID: String? = nil,
        _ more: [String: any Sendable] = [:]
    ) -> [String: any Sendable] {
        let request: [String: any Sendable] = [
            "id": id, "kind": "document-model", "apiVersion": "2024-11-30",
            "source": ["resource": World.source(source), "id": World.document(item, of: source)],
            "target": ["resource": World.target(target), "id": targetID ?? id],
        ]
        return request.merging(more) { _, new in new }
    }

    static func classifier(
        _ id: String,
        source: Int,
        item: Int,
        target: Int,
        called targetID: String? = nil,
        _ more: [String: any Sendable] = [:]
    ) -> [String: any Sendable] {
        let request: [String: any Sendable] = [
            "id": id, "kind": "document-classifier", "apiVersion": "2024-11-30",
            "source": ["resource": World.source(source), "id": World.classifier(item, of: source)],
            "target": ["resource": World.target(target), "id": targetID ?? id],
        ]
        return request.merging(more) { _, new in new }
    }

    static func project(
        _ id: String,
        source: Int,
        item: Int,
        target: Int,
        version: String = "v3.3"
    ) -> [String: any Sendable] {
        [
            "id": id, "kind": "vision-project", "apiVersion": version,
            "source": ["resource": World.source(source), "id": World.project(item, of: source)],
            "target": ["resource": World.target(target), "name": "copy of \(id)"],
        ]
    }

    /// As many requests as asked for, spread evenly over sources, targets, items, families and versions.
    static func mixture(_ count: Int, options: World.Options, prefix: String = "mix") -> [[String: any Sendable]] {
        (0..<count).map { number in
            let source = number % options.sources
            let target = (number / options.sources + number) % options.targets
            let item = (number / options.sources) % options.items
            if number % 3 == 2 {
                return project(
                    "\(prefix)-\(number)",
                    source: source,
                    item: item,
                    target: target,
                    version: World.vision[number / 3 % World.vision.count]
                )
            }
            return model(
                "\(prefix)-\(number)",
                source: source,
                item: item,
                target: target,
                version: World.models[number / 2 % World.models.count]
            )
        }
    }
}
