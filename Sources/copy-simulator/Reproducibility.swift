import Glibc

/// Equal seeds give equal worlds only if `Set` and `Dictionary` hash alike in every process.
enum Reproducibility {
    private static let variable = "SWIFT_DETERMINISTIC_HASHING"

    /// Starts this program anew with deterministic hashing, unless it runs so already.
    static func ensure() {
        if let value = unsafe getenv(variable), unsafe String(cString: value) == "1" { return }
        unsafe setenv(variable, "1", 1)
        var arguments = unsafe CommandLine.arguments.map { unsafe strdup($0) } + [nil]
        _ = unsafe execv("/proc/self/exe", &arguments)
        unsafe perror("copy-simulator: cannot start itself anew")
        exit(2)
    }
}
