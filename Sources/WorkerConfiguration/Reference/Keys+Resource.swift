import CopyDomain

extension Keys {
    enum Resource {
        static let endpoint = ConfigurationKey(
            "resources.<name>.endpoint",
            .text,
            required: true,
            "scheme and host, e.g. `https://NAME.cognitiveservices.azure.com`"
        )
        static let armID = ConfigurationKey(
            "resources.<name>.armId",
            .text,
            required: true,
            "`/subscriptions/…/resourceGroups/…/providers/Microsoft.CognitiveServices/accounts/…`"
        )
        static let region = ConfigurationKey(
            "resources.<name>.region",
            .text,
            required: true,
            "the region's short name, e.g. `westus2`"
        )
        static let keyEnv = ConfigurationKey(
            "resources.<name>.keyEnv",
            .text,
            "the environment variable that holds the resource's key"
        )
        static let keyFile = ConfigurationKey(
            "resources.<name>.keyFile",
            .file,
            "the file that holds the resource's key, instead of `keyEnv`; read anew for every call, so that a key can be "
                + "rotated"
        )
        static let credential = ConfigurationKey(
            "resources.<name>.credential",
            .text,
            "Entra ID instead of a key: a name under `credentials`; the endpoint must be a custom subdomain"
        )

        static let apiVersions: [(kind: CopyKind, key: ConfigurationKey)] = CopyKind.allCases.map { kind in
            let versions = APIVersion.allCases.filter { $0.kinds.contains(kind) }.map(\.rawValue)
            return (
                kind,
                ConfigurationKey(
                    "resources.<name>.apiVersions.\(kind.rawValue)",
                    .choice(versions),
                    "the version for requests that name none, with this resource as their source"
                )
            )
        }

        static let maxInFlight = ConfigurationKey(
            "resources.<name>.maxInFlight",
            .wholeNumber(1...20_000),
            default: "100",
            "how many requests may be under way at once in this process with this resource as source or target; "
                + "fewer than the slots, so that a flood over one resource leaves others room"
        )
        static let allowReplace = ConfigurationKey(
            "resources.<name>.allowReplace",
            .flag,
            default: "false",
            "whether a request may have what bears its target's id in this resource deleted first (`onConflict: replace`)"
        )
        static let statusCalls = budget(
            "statusCalls",
            "polls a second; without it 50, where projects are copied 10"
        )
        static let managementCalls = budget(
            "managementCalls",
            "calls with a side effect, and exports, a second; without it 5, where projects are copied 10"
        )
        static let listCalls = budget("listCalls", "lists of models or projects a second; without it 10")
        static let allCalls = budget(
            "allCalls",
            "calls of all kinds a second; without it unlimited, where projects are copied 10"
        )
        static let share = ConfigurationKey(
            "resources.<name>.budget.share",
            .number(0.001...1),
            default: "1",
            "this worker's part of the budget, e.g. 0.5 with two workers"
        )

        static let all =
            [endpoint, armID, region, keyEnv, keyFile, credential] + apiVersions.map(\.key)
            + [maxInFlight, allowReplace, statusCalls, managementCalls, listCalls, allCalls, share]

        private static func budget(_ key: String, _ meaning: String) -> ConfigurationKey {
            ConfigurationKey("resources.<name>.budget.\(key)", .number(0.01...10_000), meaning)
        }
    }
}
