package io.deltasync.scope;

import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterScopeSerializer;

/**
 * Writes scopes as text and reads them back.
 */
public class ScopeCodec {

	private final SourceAdapter adapter;

	public ScopeCodec(SourceAdapter adapter) {
		this.adapter = adapter;
	}

	public String write(Object scope) throws Exception {
		if (this.adapter instanceof SourceAdapterScopeSerializer serializer) {
			return serializer.serializeScope(scope);
		}
		throw new UnsupportedOperationException();
	}

	public Object read(String text) throws Exception {
		if (this.adapter instanceof SourceAdapterScopeSerializer serializer) {
			return serializer.deserializeScope(text);
		}
		throw new UnsupportedOperationException();
	}

}
