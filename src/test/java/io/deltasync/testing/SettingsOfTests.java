package io.deltasync.testing;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.deltasync.api.ConnectionType;
import io.deltasync.api.Connections;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

/**
 * Binds settings and options as an application does.
 */
public final class SettingsOfTests {

	private SettingsOfTests() {
	}

	public static <T> T bind(Class<T> type, Map<String, String> values) {
		return new Binder(List.of(new MapConfigurationPropertySource(values)), null,
				ApplicationConversionService.getSharedInstance())
			.bind("", type)
			.get();
	}

	/**
	 * Returns connections, all of which have the same settings.
	 * @param type their type
	 * @param settings the settings, which may be changed until they are used first
	 */
	public static Connections connections(String type, Map<String, String> settings) {
		return new Connections() {

			@Override
			public DataSource get(String name) {
				throw new IllegalArgumentException(name);
			}

			@Override
			public String type(String name) {
				return type;
			}

			@Override
			public <S> S settings(String name, ConnectionType<S> type) {
				return bind(type.settingsType(), settings);
			}

		};
	}

}
