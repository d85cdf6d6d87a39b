package io.deltasync.file.sftp;

import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.deltasync.api.ConnectionType;

/**
 * The type {@code sftp} of connections. Thread-safe.
 */
public final class SftpConnectionType implements ConnectionType<SftpSettings> {

	@Override
	public String name() {
		return "sftp";
	}

	@Override
	public Class<SftpSettings> settingsType() {
		return SftpSettings.class;
	}

	@Override
	public Map<String, String> problems(SftpSettings settings) {
		Map<String, String> problems = new LinkedHashMap<>();
		String url = SftpAddress.problem(settings.url());
		if (url != null) {
			problems.put("url", url);
		}
		if (settings.username().isBlank()) {
			problems.put("username", "is empty; give the name of a user");
		}
		if ((settings.password() == null) == (settings.privateKey() == null)) {
			problems.put("password", (settings.password() == null) ? "is missing; set it, or private-key"
					: "is set as well as private-key; leave one of them out");
		}
		if (settings.privateKey() != null && !Files.isReadable(settings.privateKey())) {
			problems.put("private-key", "is '%s', which cannot be read".formatted(settings.privateKey()));
		}
		if (settings.knownHosts() != null && !Files.isReadable(settings.knownHosts())) {
			problems.put("known-hosts", "is '%s', which cannot be read".formatted(settings.knownHosts()));
		}
		if (settings.fingerprint() != null && !settings.fingerprint().startsWith("SHA256:")) {
			problems.put("fingerprint", "is not a SHA-256 fingerprint; ssh-keygen -lf prints it, such as SHA256:…");
		}
		positive(problems, "connect-timeout", settings.connectTimeout());
		positive(problems, "read-timeout", settings.readTimeout());
		return problems;
	}

	private static void positive(Map<String, String> problems, String key, Duration value) {
		if (value.toMillis() < 1) {
			problems.put(key, "is %dms; give 1ms or more".formatted(value.toMillis()));
		}
	}

	@Override
	public String location(SftpSettings settings) {
		return SftpAddress.of(settings.url()).location();
	}

}
