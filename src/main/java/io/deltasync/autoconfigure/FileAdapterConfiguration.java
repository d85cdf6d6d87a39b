package io.deltasync.autoconfigure;

import java.time.Clock;

import de.siegmar.fastcsv.reader.CsvReader;
import io.deltasync.api.Connections;
import io.deltasync.file.read.FileSource;
import io.deltasync.file.s3.S3ConnectionType;
import io.deltasync.file.s3.S3Places;
import io.deltasync.file.sftp.SftpConnectionType;
import io.deltasync.file.sftp.SftpPlaces;
import io.deltasync.file.store.FileStores;
import io.deltasync.file.store.RemotePlaces;
import io.deltasync.file.write.FileTarget;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.sshd.sftp.client.SftpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The built-in adapter {@code file}, if the application has FastCSV and Commons Compress.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ CsvReader.class, GzipCompressorInputStream.class })
class FileAdapterConfiguration {

	@Bean
	FileStores deltasyncFileStores(ObjectProvider<RemotePlaces> remote) {
		return new FileStores(remote.orderedStream().toList());
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	FileSource deltasyncFileSource(FileStores stores) {
		return new FileSource(stores, Clock.systemUTC());
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	FileTarget deltasyncFileTarget(FileStores stores) {
		return new FileTarget(stores, Clock.systemUTC());
	}

	/**
	 * Files on SFTP servers, if the application has Apache MINA SSHD.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SftpClient.class)
	static class SftpConfiguration {

		@Bean
		static SftpConnectionType deltasyncSftpConnectionType() {
			return new SftpConnectionType();
		}

		@Bean
		SftpPlaces deltasyncSftpPlaces(Connections connections) {
			return new SftpPlaces(connections);
		}

	}

	/**
	 * Files in Amazon S3 and compatible stores, if the application has the AWS SDK.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ S3Client.class, Apache5HttpClient.class })
	static class S3Configuration {

		@Bean
		static S3ConnectionType deltasyncS3ConnectionType() {
			return new S3ConnectionType();
		}

		@Bean
		S3Places deltasyncS3Places(Connections connections, ObjectProvider<SslBundles> sslBundles) {
			return new S3Places(connections, (name) -> sslBundles.getObject().getBundle(name).createSslContext());
		}

	}

}
