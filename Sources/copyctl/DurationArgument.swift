import ArgumentParser
import CommandLineClient

/// Reads what stands behind an option such as `--timeout`.
func duration(of text: String) throws -> Duration {
    guard let duration = DurationText.parse(text) else {
        throw ValidationError("\"\(text)\" is no duration such as 90s, 30m or 2h")
    }
    return duration
}
