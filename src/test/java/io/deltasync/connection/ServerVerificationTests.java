package io.deltasync.connection;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerVerificationTests {

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db.example.com/crm", "jdbc:mysql://db:3306/crm?useSSL=true",
			"jdbc:mysql://db/crm?sslMode=REQUIRED", "jdbc:mariadb://127.0.0.1,db:3307/crm", "jdbc:mysql://db",
			"jdbc:mysql:replication://a,b/crm", "jdbc:mariadb://db/crm?sslMode=trust",
			"jdbc:postgresql://db/crm?sslmode=require" })
	void unverifiedRemoteServerCausesAWarning(String url) {
		assertThat(ServerVerification.warning("The connection 'crm'", url, null))
			.hasValueSatisfying((warning) -> assertThat(warning).startsWith("The connection 'crm' is on another host")
				.containsIgnoringCase("sslMode="));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://localhost/crm", "jdbc:mysql://127.0.0.1:33307/crm?useSSL=false",
			"jdbc:mariadb://[::1]:3306/crm", "jdbc:mysql://db/crm?sslMode=VERIFY_IDENTITY",
			"jdbc:mariadb://db/crm?user=x&sslMode=verify-full", "jdbc:mysql:///crm", "jdbc:h2:tcp://db/crm",
			"jdbc:mysql://db/crm?useSSL=true&verifyServerCertificate=true",
			"jdbc:postgresql://db/crm?sslmode=verify-full", "jdbc:postgresql://localhost/crm" })
	void localAndVerifiedServersCauseNoWarning(String url) {
		assertThat(ServerVerification.warning("The connection 'crm'", url, null)).isEmpty();
	}

	@Test
	void driverPropertiesOfTheConnectionCount() {
		assertThat(ServerVerification.warning("x", "jdbc:mysql://db/crm", Map.of("sslMode", "VERIFY_CA"))).isEmpty();
	}

}
