package io.deltasync.link;

import io.deltasync.api.Adapter;
import io.deltasync.config.Section;
import io.deltasync.connection.AllConnections;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Reads one end of a Link.
 * 
 * @param <T> the type of the adapter
 */
final class AdapterReader<T extends Adapter> {

	private final BeanReader<T> adapters;

	private final AllConnections connections;

	AdapterReader(ConfigurableListableBeanFactory beans, AllConnections connections, Class<T> type, String suffix) {
		this.connections = connections;
		this.adapters = new BeanReader<>(beans, new PrototypeBeans<>(beans, type, "adapter", suffix));
	}

	/**
	 * Reads one end.
	 * @param link the Link's name
	 * @param section the end's section
	 * @return the end; null if it is invalid, which is reported
	 */
	@Nullable ConfiguredAdapter<T> read(String link, Section section) {
		if (section.children().isEmpty()) {
			section.reportAbsence("is missing; give at least the key adapter");
			return null;
		}
		ResourceReader resource = new ResourceReader(section);
		ConfiguredBean<T> adapter = this.adapters.read(section, resource::read);
		if (adapter == null) {
			return null;
		}
		return new ConfiguredAdapter<>(new Endpoint(PrototypeBeans.shown(adapter.name()), resource.orElse(link)),
				adapter, EndOptions.of(section.values(), resource.option(), this.connections::location));
	}

}
