package io.deltasync.http.connection;

import java.net.InetAddress;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which addresses a connection may lead to.
 */
class AddressPolicyTests {

	@ParameterizedTest
	@ValueSource(strings = { "93.184.216.34", "8.8.8.8", "172.32.0.1", "172.15.255.255", "192.169.0.1", "11.0.0.1",
			"100.128.0.1", "2606:2800:220:1::1", "64:ff9b::8.8.8.8", "2002:808:808::1" })
	void publicAddressesAreAllowed(String address) throws Exception {
		assertThat(policy(Map.of()).allows(InetAddress.getByName(address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
			"100.64.0.1", "::1", "fc00::1", "fdff::1", "fec0::1", "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::10.0.0.1",
			"2002:0a00:0001::1" })
	void privateAddressesAreRefusedUnlessAllowed(String address) throws Exception {
		InetAddress resolved = InetAddress.getByName(address);

		assertThat(policy(Map.of()).allows(resolved)).isFalse();
		assertThat(policy(Map.of("allow-private", "true")).allows(resolved)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "100.100.100.200", "168.63.129.16", "0.0.0.0", "224.0.0.1",
			"255.255.255.255", "::", "fe80::1", "fd00:ec2::254", "ff02::1", "::ffff:169.254.169.254",
			"64:ff9b::169.254.169.254", "2002:a9fe:a9fe::1", "2001:0:a9fe:a9fe::" })
	void addressesOfMetadataAndOfNobodyAreRefusedEvenIfPrivateOnesAreAllowed(String address) throws Exception {
		assertThat(policy(Map.of("allow-private", "true")).allows(InetAddress.getByName(address))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "10.1.2.3, true", "10.1.255.255, true", "10.2.0.0, false", "169.254.169.254, true", "::1, false" })
	void listedAddressesAreAllowed(String address, boolean allowed) throws Exception {
		AddressPolicy policy = policy(Map.of("allow-addresses", "10.1.0.0/16, 169.254.169.254"));

		assertThat(policy.allows(InetAddress.getByName(address))).isEqualTo(allowed);
	}

	@Test
	void nameInTheListIsRefusedBecauseItWouldBeLookedUp() {
		assertThatIllegalArgumentException().isThrownBy(() -> policy(Map.of("allow-addresses", "intranet")))
			.withMessageContaining("contains 'intranet', which is neither an address");
	}

	private static AddressPolicy policy(Map<String, String> options) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource(options);
		source.put("url", "https://x");
		return AddressPolicy.of(new Binder(source).bindOrCreate("", HttpSettings.class));
	}

}
