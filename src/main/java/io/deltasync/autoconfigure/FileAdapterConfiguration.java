package io.deltasync.autoconfigure;

import java.time.Clock;

import de.siegmar.fastcsv.reader.CsvReader;
import io.deltasync.api.Connections;
import io.deltasync.file.read.FileSource;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

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

}
