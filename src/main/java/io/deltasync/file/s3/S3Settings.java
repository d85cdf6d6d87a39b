package io.deltasync.file.s3;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of a connection of the type 's3', below {@code deltasync.connections}. The
 * descriptions of the components appear in the configuration metadata and in the
 * documentation.
 *
 * @param url The bucket, and directories in it, such as 's3://exports/shop'. Paths of
 * Links continue it
 * @param region The region of the bucket, such as 'eu-central-1'. Default: what the
 * environment says, as for all AWS SDKs; with 'endpoint' 'us-east-1'
 * @param endpoint Where another store than Amazon S3 is, such as
 * 'https://minio.example.com:9000'. Default: none, Amazon S3
 * @param pathStyle Whether requests name the bucket in their path, rather than as a part
 * of the host's name. Default: 'true' with 'endpoint', otherwise 'false'
 * @param accessKey The ID of an access key. Default: the credentials of the environment,
 * as for all AWS SDKs
 * @param secretKey The secret of the access key. Default: none
 * @param sessionToken The token of temporary credentials. Default: none
 * @param sslBundle The name of an SSL bundle below 'spring.ssl.bundle' with the
 * certificates to trust. Default: the certificates that Java trusts
 * @param partSize The size of the pieces in which objects are read and written, 5 MB or
 * more. Each lane has one in memory, and an object can have 10,000
 * @param connectTimeout Maximum wait for a connection to the server
 * @param readTimeout Maximum wait for the next bytes of an answer
 */
@ConfigurationProperties("deltasync.connections.*")
public record S3Settings(String url, @Nullable String region, @Nullable URI endpoint, @Nullable Boolean pathStyle,
		@Nullable String accessKey, @Nullable String secretKey, @Nullable String sessionToken,
		@Nullable String sslBundle, @DefaultValue("8MB") DataSize partSize,
		@DefaultValue("10s") Duration connectTimeout, @DefaultValue("60s") Duration readTimeout) {

	/** Returns whether requests name the bucket in their path. */
	boolean usesPathStyle() {
		return (this.pathStyle != null) ? this.pathStyle : this.endpoint != null;
	}

	@Override
	public String toString() {
		return this.url;
	}

}
