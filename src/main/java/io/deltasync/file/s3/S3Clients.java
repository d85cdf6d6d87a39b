package io.deltasync.file.s3;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

import io.deltasync.api.AbortRunException;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The clients of connections, each of which is opened when it is needed. Thread-safe.
 */
final class S3Clients implements AutoCloseable {

	/** More than there are lanes, none of which has more than one request at a time. */
	private static final int MOST_REQUESTS = 200;

	private final Map<String, Opened> open = new ConcurrentHashMap<>();

	private final Function<String, SSLContext> sslBundles;

	S3Clients(Function<String, SSLContext> sslBundles) {
		this.sslBundles = sslBundles;
	}

	S3Client get(String connection, S3Settings settings) {
		return this.open.computeIfAbsent(connection, (missing) -> create(settings)).client();
	}

	private Opened create(S3Settings settings) {
		SdkHttpClient http = new StoppableHttp(http(settings).build());
		S3ClientBuilder builder = S3Client.builder().httpClient(http).forcePathStyle(settings.usesPathStyle());
		URI endpoint = settings.endpoint();
		if (endpoint != null) {
			// what is new in Amazon S3, other stores may not know
			builder.endpointOverride(endpoint)
				.region(Region.US_EAST_1)
				.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
				.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
				.serviceConfiguration((configuration) -> configuration.chunkedEncodingEnabled(false));
		}
		if (settings.region() != null) {
			builder.region(Region.of(settings.region()));
		}
		if (settings.accessKey() != null && settings.secretKey() != null) {
			builder.credentialsProvider(StaticCredentialsProvider.create((settings.sessionToken() != null)
					? AwsSessionCredentials.create(settings.accessKey(), settings.secretKey(), settings.sessionToken())
					: AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
		}
		try {
			return new Opened(builder.build(), http);
		}
		catch (SdkClientException ex) {
			http.close();
			throw new AbortRunException("The region of %s is not known; set region of the connection, or AWS_REGION"
				.formatted(settings.url()));
		}
	}

	private Apache5HttpClient.Builder http(S3Settings settings) {
		Apache5HttpClient.Builder http = Apache5HttpClient.builder()
			.maxConnections(MOST_REQUESTS)
			.connectionTimeout(settings.connectTimeout())
			.socketTimeout(settings.readTimeout());
		if (settings.sslBundle() != null) {
			http.tlsSocketStrategy(new DefaultClientTlsStrategy(this.sslBundles.apply(settings.sslBundle())));
		}
		return http;
	}

	@Override
	public void close() {
		this.open.values().forEach((opened) -> {
			opened.client().close();
			opened.http().close();
		});
	}

	/** A client, and the connections that it uses but does not close. */
	private record Opened(S3Client client, SdkHttpClient http) {
	}

}
