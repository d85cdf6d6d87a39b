package io.deltasync.file.s3;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.deltasync.testing.S3Server;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A new bucket of the tests' store.
 *
 * @param name its name
 * @param client another program's access to it
 */
record TestBucket(String name, S3Client client) implements AutoCloseable {

	static TestBucket create() {
		S3Client client = S3Client.builder()
			.endpointOverride(URI.create(S3Server.get().url()))
			.region(Region.US_EAST_1)
			.forcePathStyle(true)
			.httpClientBuilder(Apache5HttpClient.builder())
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("other", "other")))
			.build();
		String name = "deltasync-" + UUID.randomUUID();
		client.createBucket((request) -> request.bucket(name));
		return new TestBucket(name, client);
	}

	/** Returns the settings of a connection to a part of the bucket. */
	Map<String, String> settings() {
		return new HashMap<>(Map.of("url", "s3://%s/part/of".formatted(this.name), "endpoint", S3Server.get().url(),
				"access-key", "reader", "secret-key", "secret"));
	}

	@Override
	public void close() {
		this.client.close();
	}

}
