/// The header values that each resource received.
struct HeaderLog: Sendable {
    /// Values kept of one header; of the others only the number is known.
    static let kept = 256
    /// Headers of which only the number is kept.
    static let secret: Set = ["authorization", "x-identity-header"]

    struct Values: Sendable {
        var counts: [String: Int] = [:]
        var others = 0

        mutating func add(_ value: String) {
            if counts[value] != nil || counts.count < HeaderLog.kept {
                counts[value, default: 0] += 1
            } else {
                others += 1
            }
        }
    }

    /// By resource, then by header in lower case.
    private(set) var values: [String: [String: Values]] = [:]

    mutating func add(_ headers: HeaderList, at resource: String) {
        for field in headers.fields {
            let name = field.name.lowercased()
            let value = Self.secret.contains(name) ? "***" : field.value
            values[resource, default: [:]][name, default: Values()].add(value)
        }
    }

    /// What was received, of all headers or one.
    func report(only header: String?) -> JSON {
        .object(
            values.sorted { $0.key < $1.key }.map { resource, headers in
                .init(resource, report(headers.filter { header == nil || $0.key == header?.lowercased() }))
            }
        )
    }

    private func report(_ headers: [String: Values]) -> JSON {
        .object(
            headers.sorted { $0.key < $1.key }.map { name, values in
                .init(
                    name,
                    [
                        "values": .object(
                            values.counts.sorted { $0.key < $1.key }.map { .init($0.key, .count($0.value)) }
                        ),
                        "others": .count(values.others),
                    ]
                )
            }
        )
    }
}
