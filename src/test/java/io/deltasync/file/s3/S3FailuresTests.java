package io.deltasync.file.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.deltasync.api.AbortRunException;
import io.deltasync.file.store.FileStore;
import io.deltasync.testing.SettingsOfTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What stores refuse, and what goes wrong on the way to them.
 */
class S3FailuresTests {

	private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final Map<String, String> settings = new HashMap<>();

	private final S3Places places = new S3Places(SettingsOfTests.connections("s3", this.settings), (name) -> {
		throw new IllegalArgumentException(name);
	});

	@BeforeEach
	void start() {
		this.server.start();
		this.settings.putAll(Map.of("url", "s3://exports/shop", "endpoint", this.server.baseUrl(), "access-key",
				"AKIAREADER", "secret-key", "very/secret"));
	}

	@AfterEach
	void stop() {
		this.places.close();
		this.server.stop();
	}

	private FileStore store() throws IOException {
		return this.places.open("lake", "");
	}

	private String location() {
		return this.settings.get("endpoint") + "/exports/shop";
	}

	private static ResponseDefinitionBuilder refusal(int status, String code, String message) {
		return aResponse().withStatus(status)
			.withHeader("content-type", "application/xml")
			.withBody("<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message));
	}

	private void answer(ResponseDefinitionBuilder answer) {
		this.server.stubFor(any(anyUrl()).willReturn(answer));
	}

	@ParameterizedTest
	@CsvSource({ "403, InvalidAccessKeyId, 'The key does not exist', 'refuses the credentials: The key does not exist'",
			"403, SignatureDoesNotMatch, 'Check your key', 'refuses the credentials: Check your key'",
			"400, ExpiredToken, 'The token has expired', 'refuses the credentials: The token has expired'",
			"403, RequestTimeTooSkewed, 'too large', 'The clock of this machine differs from that of '",
			"301, PermanentRedirect, 'Use another endpoint', 'is in another region; set region of the connection: Use another endpoint'",
			"400, AuthorizationHeaderMalformed, 'expecting eu-west-1', 'is in another region; set region of the connection: expecting eu-west-1'" })
	void settingsThatAreRefusedEndTheRun(int status, String code, String answered, String message) {
		answer(refusal(status, code, answered));

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> store().check())
			.withMessageContainingAll(location(), message)
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("very/secret"));
	}

	@Test
	void regionOfTheBucketIsSaid() {
		answer(refusal(301, "PermanentRedirect", "elsewhere").withHeader("x-amz-bucket-region", "eu-west-1"));

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> store().check())
			.withMessage("The bucket of %s is in the region eu-west-1; set region of the connection to it", location());

		this.server.resetAll();
		this.server.stubFor(
				head(anyUrl()).willReturn(aResponse().withStatus(400).withHeader("x-amz-bucket-region", "eu-west-1")));
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> store().find("a.csv"))
			.withMessageContaining("is in the region eu-west-1");
	}

	@Test
	void whatIsRefusedIsNamed() {
		answer(refusal(403, "AccessDenied", "Access Denied"));
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> store().check())
			.withMessage("%s: access is denied: Access Denied", location())
			.withNoCause();
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> store().open("a.csv"))
			.withMessage("%s/a.csv: access is denied: Access Denied", location());
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> store().create("a.csv").close())
			.withMessageContaining("/a.csv: access is denied");

		answer(refusal(403, "InvalidObjectState", "not valid for the storage class"));
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> store().open("a.csv"))
			.withMessageContaining("/a.csv: the object is archived; restore it first");

		answer(refusal(501, "NotImplemented", "Not here"));
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> store().open("a.csv"))
			.withMessageContaining("/a.csv: Not here");

		answer(refusal(404, "NoSuchBucket", "none"));
		assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> store().check())
			.withMessage("There is no bucket for %s", location());
		answer(refusal(404, "NoSuchKey", "none"));
		assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> store().open("a.csv"))
			.withMessage("There is no %s/a.csv", location());
	}

	@Test
	void storeThatIsOverloadedIsAnOutage() {
		answer(refusal(503, "SlowDown", "Please reduce your request rate"));

		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> store().check())
			.withMessage("%s is not available: Please reduce your request rate", location())
			.withNoCause();
	}

	@Test
	void storeThatIsAwayIsAnOutage() {
		this.server.stop();

		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> store().check())
			.withMessageContaining(location() + " is not available: ")
			.withMessageContaining("refused");
	}

	@Test
	void storeThatDoesNotAnswerEndsTheWait() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			this.settings.put("endpoint", "http://127.0.0.1:" + silent.getLocalPort());
			this.settings.put("read-timeout", "300ms");
			Instant start = Instant.now();

			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> store().check())
				.withMessageContaining("timed out");
			assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
		}
	}

	@Test
	void connectionThatBreaksWhileAnObjectIsReadCostsAPieceOnly() throws Exception {
		this.server.stubFor(get(anyUrl()).inScenario("broken")
			.willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE))
			.willSetStateTo("repaired"));
		this.server.stubFor(get(anyUrl()).inScenario("broken")
			.whenScenarioStateIs("repaired")
			.willReturn(aResponse().withStatus(206)
				.withHeader("etag", "\"1\"")
				.withHeader("content-range", "bytes 0-4/5")
				.withBody("12345")));

		try (InputStream in = store().open("a.csv")) {
			assertThat(in).hasContent("12345");
		}
	}

	@Test
	void answerThatEndsTooEarlyIsAskedForAgain() throws Exception {
		this.server.stubFor(get(anyUrl()).inScenario("short")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(aResponse().withStatus(206)
				.withHeader("etag", "\"1\"")
				.withHeader("content-range", "bytes 0-4/5")
				.withBody("123"))
			.willSetStateTo("repaired"));
		this.server.stubFor(get(anyUrl()).inScenario("short")
			.whenScenarioStateIs("repaired")
			.willReturn(aResponse().withStatus(206)
				.withHeader("etag", "\"1\"")
				.withHeader("content-range", "bytes 0-4/5")
				.withBody("12345")));

		try (InputStream in = store().open("a.csv")) {
			assertThat(in).hasContent("12345");
		}
	}

	@ParameterizedTest
	@CsvSource({ "bytes 5242880-5242884/5242885, \"2\", has been changed in the meantime",
			", \"1\", ignores that only a part of the object was asked for" })
	void storeThatIgnoresConditionsOrRangesIsNoticed(String range, String version, String problem) throws Exception {
		this.settings.put("part-size", "5MB");
		this.server.stubFor(get(anyUrl()).withHeader("range", equalTo("bytes=0-5242879"))
			.willReturn(aResponse().withStatus(206)
				.withHeader("etag", "\"1\"")
				.withHeader("content-range", "bytes 0-5242879/5242885")
				.withBody(new byte[5242880])));
		ResponseDefinitionBuilder second = aResponse().withHeader("etag", version).withBody("12345");
		this.server.stubFor(get(anyUrl()).withHeader("range", equalTo("bytes=5242880-10485759"))
			.willReturn((range != null) ? second.withHeader("content-range", range) : second));

		try (InputStream in = store().open("large.csv")) {
			assertThatExceptionOfType(FileSystemException.class).isThrownBy(in::readAllBytes)
				.withMessageContainingAll("/large.csv", problem);
		}
	}

	@Test
	void objectThatWasReplacedSinceItWasCopiedIsKept() {
		this.server.stubFor(
				head(anyUrl()).willReturn(aResponse().withHeader("etag", "\"1\"").withHeader("content-length", "5")));
		this.server.stubFor(put(anyUrl()).willReturn(aResponse().withHeader("content-type", "application/xml")
			.withBody("<CopyObjectResult><ETag>\"1\"</ETag></CopyObjectResult>")));
		this.server.stubFor(delete(anyUrl()).willReturn(refusal(412, "PreconditionFailed", "does not match")));

		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> store().move("a.csv", "done/a.csv"))
			.withMessageContainingAll("/a.csv", "has been changed in the meantime");
		this.server.verify(deleteRequestedFor(anyUrl()).withHeader("if-match", matching("\"1\"")));
	}

	@Test
	void storeThatKnowsNoConditionsForDeletionsDeletes() throws Exception {
		this.server.stubFor(
				head(anyUrl()).willReturn(aResponse().withHeader("etag", "\"1\"").withHeader("content-length", "5")));
		this.server.stubFor(put(anyUrl()).willReturn(aResponse().withHeader("content-type", "application/xml")
			.withBody("<CopyObjectResult><ETag>\"1\"</ETag></CopyObjectResult>")));
		this.server.stubFor(delete(anyUrl()).withHeader("if-match", matching(".*"))
			.willReturn(refusal(501, "NotImplemented", "A header is not implemented")));
		this.server.stubFor(delete(anyUrl()).withHeader("if-match", absent()).willReturn(aResponse().withStatus(204)));

		store().move("a.csv", "done/a.csv");

		this.server.verify(1, deleteRequestedFor(anyUrl()).withHeader("if-match", absent()));
	}

	@Test
	void credentialsComeFromTheEnvironmentIfTheConnectionHasNone() throws Exception {
		assumeNothingOfAmazonsIsConfiguredHere();
		this.settings.keySet().removeAll(List.of("access-key", "secret-key"));
		answer(refusal(404, "NoSuchBucket", "none"));
		// nobody asks a machine of Amazon's for its role
		System.setProperty("aws.disableEc2Metadata", "true");
		try {
			assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> store().check())
				.withMessageContaining(
						"There are no credentials for %s; set access-key and secret-key of the connection", location());

			System.setProperty("aws.accessKeyId", "AKIAENVIRONMENT");
			System.setProperty("aws.secretAccessKey", "secret");
			assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> store().check());
			this.server.verify(
					anyRequestedFor(anyUrl()).withHeader("authorization", matching(".*Credential=AKIAENVIRONMENT/.*")));
		}
		finally {
			List.of("aws.disableEc2Metadata", "aws.accessKeyId", "aws.secretAccessKey").forEach(System::clearProperty);
		}
	}

	@Test
	void roleOfAPodIsAssumed(@TempDir Path directory) throws Exception {
		assumeNothingOfAmazonsIsConfiguredHere();
		this.settings.keySet().removeAll(List.of("access-key", "secret-key"));
		answer(refusal(404, "NoSuchBucket", "none"));
		this.server.stubFor(post(anyUrl()).withRequestBody(containing("WebIdentityToken=token-of-the-pod"))
			.willReturn(aResponse().withHeader("content-type", "text/xml").withBody("""
					<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
					<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
					<SessionToken>session</SessionToken><Expiration>%s</Expiration>
					</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
					""".formatted(Instant.now().plusSeconds(3600)))));
		Map<String, String> pod = Map.of("aws.disableEc2Metadata", "true", "aws.region", "eu-central-1",
				"aws.endpointUrlSts", this.server.baseUrl(), "aws.roleArn", "arn:aws:iam::123456789012:role/reader",
				"aws.webIdentityTokenFile",
				Files.writeString(directory.resolve("token"), "token-of-the-pod").toString());
		pod.forEach(System::setProperty);
		try {
			assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> store().check());
			this.server
				.verify(getRequestedFor(anyUrl()).withHeader("authorization", matching(".*Credential=ASIAROLE/.*"))
					.withHeader("x-amz-security-token", equalTo("session")));
		}
		finally {
			pod.keySet().forEach(System::clearProperty);
		}
	}

	private static void assumeNothingOfAmazonsIsConfiguredHere() {
		assumeThat(System.getenv().keySet())
			.noneMatch((name) -> name.matches("AWS_(.*KEY.*|PROFILE|.*REGION|ROLE_.*|CONTAINER_.*|WEB_.*)"));
		assumeThat(Path.of(System.getProperty("user.home"), ".aws")).doesNotExist();
	}

	@Test
	void regionIsAskedForIfNothingNamesIt() {
		assumeNothingOfAmazonsIsConfiguredHere();
		this.settings.remove("endpoint");
		System.setProperty("aws.disableEc2Metadata", "true");
		try {
			assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> store().check())
				.withMessage(
						"The region of s3://exports/shop is not known; set region of the connection, or AWS_REGION");
		}
		finally {
			System.clearProperty("aws.disableEc2Metadata");
		}
	}

	@Test
	void bucketOfAnotherStoreIsNamedInThePath() {
		answer(refusal(404, "NoSuchBucket", "none"));

		assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> store().check());

		this.server.verify(anyRequestedFor(urlPathMatching("/exports/?")));
		this.settings.put("path-style", "false");
		assertThat(SettingsOfTests.bind(S3Settings.class, this.settings).usesPathStyle()).isFalse();
		this.settings.keySet().removeAll(List.of("path-style", "endpoint"));
		assertThat(SettingsOfTests.bind(S3Settings.class, this.settings).usesPathStyle()).isFalse();
	}

	@Test
	void certificateOfAnSslBundleIsTrusted(@TempDir Path directory) throws Exception {
		Path keys = directory.resolve("server.p12");
		new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
				"-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
				"-storetype", "PKCS12", "-storepass", "geheim", "-keystore", keys.toString())
			.inheritIO()
			.start()
			.waitFor();
		WireMockServer secure = new WireMockServer(WireMockConfiguration.options()
			.httpDisabled(true)
			.dynamicHttpsPort()
			.keystorePath(keys.toString())
			.keystorePassword("geheim")
			.keyManagerPassword("geheim")
			.keystoreType("PKCS12"));
		secure.start();
		SslBundle bundle = SslBundle
			.of(new JksSslStoreBundle(null, new JksSslStoreDetails("PKCS12", null, keys.toUri().toString(), "geheim")));
		this.settings.put("endpoint", "https://localhost:" + secure.httpsPort());
		try (S3Places trusting = new S3Places(SettingsOfTests.connections("s3", this.settings),
				(name) -> bundle.createSslContext())) {
			secure.stubFor(any(anyUrl()).willReturn(refusal(404, "NoSuchBucket", "none")));
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> store().check())
				.withMessageContainingAll(location(), "is not available", "certification path");

			this.settings.put("ssl-bundle", "own");
			assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> trusting.open("lake", "").check());
		}
		finally {
			secure.stop();
		}
	}

	@Test
	void settingsThatCannotBeAreAllReported() {
		S3Settings wrong = SettingsOfTests.bind(S3Settings.class,
				Map.of("url", "https://exports", "endpoint", "ftp://x", "access-key", "a", "session-token", "t",
						"region", "no region", "part-size", "1MB", "connect-timeout", "0s", "read-timeout", "0s"));

		assertThat(new S3ConnectionType().problems(wrong)).containsOnlyKeys("url", "endpoint", "region", "secret-key",
				"part-size", "connect-timeout", "read-timeout");
	}

	@ParameterizedTest
	@CsvSource({ "s3://exports, exports", "s3://exports/, exports", "s3://exports/shop/new/, exports/shop/new",
			"s3://exports/a b, exports/a b" })
	void locationIsBucketAndPrefix(String url, String path) {
		S3Settings settings = SettingsOfTests.bind(S3Settings.class, Map.of("url", url, "region", "eu-central-1"));

		assertThat(new S3ConnectionType().problems(settings)).isEmpty();
		assertThat(new S3ConnectionType().location(settings)).isEqualTo("s3://" + path);
	}

	@ParameterizedTest
	@CsvSource({ "s3://", "s3:exports", "s3://reader:secret@exports", "s3://exports/../x", "s3://exports//x",
			"s3a://exports" })
	void urlThatNamesNoPlaceIsRefused(String url) {
		assertThat(new S3ConnectionType().problems(SettingsOfTests.bind(S3Settings.class, Map.of("url", url))))
			.containsOnlyKeys("url");
	}

	@Test
	void secretsAreNotShown() {
		assertThat(SettingsOfTests.bind(S3Settings.class, this.settings).toString()).isEqualTo("s3://exports/shop");
	}

}
