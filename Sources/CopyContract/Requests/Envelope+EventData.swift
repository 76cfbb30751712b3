import FoundationEssentials

extension Envelope {
    /// The data of an event in structured mode: JSON as it stands in `data`, or in base64 in `data_base64`.
    static func data(of event: JSONValue, _ subject: String) throws(RequestFault) -> JSONValue {
        let (name, data): (String, JSONValue)
        switch (event["data"], event["data_base64"]) {
        case (let value?, nil): (name, data) = ("data", value)
        case (nil, let encoded?): (name, data) = ("data_base64", try decoded(encoded))
        case (nil, nil): throw RequestFault(.malformedCloudEvent, "the CloudEvent has no data", field: "data")
        case (_?, _?):
            throw RequestFault(
                .malformedCloudEvent,
                "the CloudEvent has both data and data_base64: send one of them",
                field: "data_base64"
            )
        }
        guard case .object = data else {
            throw RequestFault(
                .malformedCloudEvent,
                "\(name) is \(data.typeName); \(subject) is an object",
                field: name
            )
        }
        return data
    }

    private static func decoded(_ encoded: JSONValue) throws(RequestFault) -> JSONValue {
        let name = "data_base64"
        guard let bytes = encoded.string.flatMap({ Data(base64Encoded: $0) }) else {
            throw RequestFault(
                .malformedCloudEvent,
                "\(name): must be a string in base64, with its padding",
                field: name
            )
        }
        do {
            return try JSONParser.parse(Array(bytes))
        } catch {
            throw RequestFault(error, in: name)
        }
    }
}
