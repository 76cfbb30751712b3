package import FoundationEssentials

/// A private authority and a certificate of it for `localhost` and 127.0.0.1, both good until 2126; for tests only.
package enum TestCertificate {
    package static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBoDCCAUegAwIBAgIUIdVNG6OiSNEgT8QLMOdV+V6uESQwCgYIKoZIzj0EAwIw
        HTEbMBkGA1UEAwwSQXV0aG9yaXR5IG9mIHRlc3RzMCAXDTI2MTEyMTE0MTQ0M1oY
        DzIxMjYxMDI4MTQxNDQzWjAdMRswGQYDVQQDDBJBdXRob3JpdHkgb2YgdGVzdHMw
        WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASp53pTOwYux0+U3zqPXGxzJEslHsod
        mzVusN6lADVC9WH9ser9H0o5RVYGJTT6BZ6B158+sGCOtqVFBkhsMdJho2MwYTAd
        BgNVHQ4EFgQU2k2GUx32kv89XN/4zOg+0WbWtvIwHwYDVR0jBBgwFoAU2k2GUx32
        kv89XN/4zOg+0WbWtvIwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYw
        CgYIKoZIzj0EAwIDRwAwRAIgEj1FYDytPbW1DK93j7QImTJY4MCQHsT2hIJHjld5
        xCsCIFRGLILHzHdy+Gl87mAwJgmYEmsNq2oOSS01rAb4haO3
        -----END CERTIFICATE-----
        """

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBwzCCAWqgAwIBAgIUPAMmmUNlhOYXHRGtoI6mobULmdUwCgYIKoZIzj0EAwIw
        HTEbMBkGA1UEAwwSQXV0aG9yaXR5IG9mIHRlc3RzMCAXDTI2MTEyMTE0MTQ0M1oY
        DzIxMjYxMDI4MTQxNDQzWjATMREwDwYDVQQDDAhlbXVsYXRvcjBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABNnnZKnLLPNkdLunrbpvy23Zu3Cn6c0P5sn+MEjPQD1W
        X6ffkO8amDz6ExK5p5E9IchFD3SpTIsLwf9UEHouNUijgY8wgYwwGgYDVR0RBBMw
        EYIJbG9jYWxob3N0hwR/AAABMAkGA1UdEwQCMAAwEwYDVR0lBAwwCgYIKwYBBQUH
        AwEwDgYDVR0PAQH/BAQDAgeAMB0GA1UdDgQWBBSCsugsak+iOd2Sm2RFbsL1y+kT
        RDAfBgNVHSMEGDAWgBTaTYZTHfaS/z1c3/jM6D7RZta28jAKBggqhkjOPQQDAgNH
        ADBEAiBpsp8ctXGUOaMoO/NsLEIDpNMwh1hRwi76sYs187/ceQIgPMH7IdS/RZFm
        l9gVVaYh44QmnG+FBWFMeRjGD1PYtL0=
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgt5CatwrJ7EnKInTG
        ryHK/oYWdPrGSVH+7DTKzBo35OmhRANCAATZ52SpyyzzZHS7p626b8tt2btwp+nN
        D+bJ/jBIz0A9Vl+n35DvGpg8+hMSuaeRPSHIRQ90qUyLC8H/VBB6LjVI
        -----END PRIVATE KEY-----
        """

    /// Runs `body` with the certificate and its key in files of their own.
    package static func inFiles<Result>(_ body: (_ certificate: String, _ key: String) async throws -> Result)
        async throws
        -> Result
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "emulator-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try write(to: folder)
        return try await body(files.certificate, files.key)
    }

    /// Writes everything into a folder.
    /// - Returns: the paths of the certificate, its key, and the authority to trust.
    package static func write(to folder: URL) throws -> (certificate: String, key: String, authority: String) {
        func write(_ text: String, _ name: String) throws -> String {
            let file = folder.appending(path: name)
            try Data(text.utf8).write(to: file)
            return file.path
        }
        return (
            try write(certificate, "certificate.pem"), try write(key, "key.pem"), try write(authority, "authority.pem")
        )
    }
}
