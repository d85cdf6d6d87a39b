package io.deltasync.testing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A new bucket of the tests' store, as another program sees it.
 *
 * @param name its name
 * @param client that program's access to it
 */
public record TestBucket(String name, S3Client client) implements AutoCloseable {

	/** What the keys begin with that connections see. */
	private static final String PART = "part/of/";

	public static TestBucket create() {
		S3Client client = S3Client.builder()
			.endpointOverride(URI.create(S3Server.get().url()))
			.region(Region.US_EAST_1)
			.forcePathStyle(true)
			.httpClientBuilder(Apache5HttpClient.builder())
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
			.serviceConfiguration((configuration) -> configuration.chunkedEncodingEnabled(false))
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(S3Server.get().accessKey(), S3Server.get().secretKey())))
			.build();
		String name = "deltasync-" + UUID.randomUUID();
		client.createBucket((request) -> request.bucket(name));
		return new TestBucket(name, client);
	}

	/** Returns the settings of a connection to a part of the bucket. */
	public Map<String, String> settings() {
		return new HashMap<>(Map.of("url", "s3://%s/part/of".formatted(this.name), "endpoint", S3Server.get().url(),
				"access-key", S3Server.get().accessKey(), "secret-key", S3Server.get().secretKey()));
	}

	/** Returns the settings as properties of an application, with their type. */
	public List<String> properties(String connection) {
		Map<String, String> properties = settings();
		properties.put("type", "s3");
		return properties.entrySet()
			.stream()
			.map((entry) -> "deltasync.connections.%s.%s=%s".formatted(connection, entry.getKey(), entry.getValue()))
			.toList();
	}

	/** Writes an object into the part that connections see. */
	public void put(String path, String text) {
		this.client.putObject((request) -> request.bucket(this.name).key(PART + path),
				RequestBody.fromBytes(text.getBytes(StandardCharsets.UTF_8)));
	}

	public String read(String path) {
		return this.client.getObjectAsBytes((request) -> request.bucket(this.name).key(PART + path)).asUtf8String();
	}

	/** Returns the paths of the objects in the part that connections see, in order. */
	public List<String> paths() {
		return this.client.listObjectsV2((request) -> request.bucket(this.name).prefix(PART))
			.contents()
			.stream()
			.map(S3Object::key)
			.map((key) -> key.substring(PART.length()))
			.sorted()
			.toList();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
