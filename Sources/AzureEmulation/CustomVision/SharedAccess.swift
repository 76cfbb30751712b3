import FoundationEssentials

/// The read URLs that Custom Vision signs: import tokens and thumbnails (azure-copy-apis.md 7.3).
enum SharedAccess {
    static func url(region: String, path: String, expiresAt: Moment, random: inout SplitMix64) -> String {
        let signature = PercentCoding.encode(signature(&random))
        let expiry = PercentCoding.encode(expiresAt.wholeSeconds)
        return "https://irisprod\(region)training.blob.core.windows.net/\(path)"
            + "?sv=2017-04-17&sr=b&sig=\(signature)&se=\(expiry)&sp=r"
    }

    /// 32 bytes in base64. The first ones make a plus sign and a slash, so that a caller that encodes
    /// carelessly always fails and not one time in ten.
    private static func signature(_ random: inout SplitMix64) -> String {
        let bytes = [0xFB, 0xFF] + random.bytes(30)
        return Data(bytes).base64EncodedString()
    }
}
