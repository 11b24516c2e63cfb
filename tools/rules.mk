# SPDX-License-Identifier: GPL-2.0-or-later
# Shell completion from the programs' option tables; the source as one archive; the Debian package.
NAMES := $(notdir $(PROGRAMS))
COMPLETION := $(addprefix $(BUILD)/completion/,$(NAMES) $(addprefix _,$(NAMES)))
completion: $(COMPLETION)
$(BUILD)/completion/_%: $(BUILD)/% tools/completion
	@mkdir -p $(@D)
	$(Q)tools/completion zsh $* $< > $@
$(BUILD)/completion/%: $(BUILD)/% tools/completion
	@mkdir -p $(@D)
	$(Q)tools/completion bash $* $< > $@

install-completion: $(COMPLETION)
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -m 644 $(addprefix $(BUILD)/completion/,$(NAMES)) $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 644 $(addprefix $(BUILD)/completion/_,$(NAMES)) $(DESTDIR)$(PREFIX)/share/zsh/site-functions

# What git knows of this commit.
DIST := $(BUILD)/systape-$(VERSION).tar.xz
dist:
	@mkdir -p $(BUILD)
	@git archive --format=tar --prefix=systape-$(VERSION)/ HEAD | xz -T0 -3 > $(DIST)
	@echo "  $(DIST)"

# The archive unpacked, built and packed; nothing of this tree's build is in it.
deb: dist
	@tools/deps build && tools/deps deb
	@rm -rf $(BUILD)/deb && mkdir -p $(BUILD)/deb && tar -C $(BUILD)/deb -xf $(DIST)
	@cd $(BUILD)/deb/systape-$(VERSION) && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u BUILD \
		dpkg-buildpackage -us -uc -b >../log 2>&1 || { tail -n 30 ../log; exit 1; }
	@ls $(BUILD)/deb/*.deb | sed 's/^/  /'
.PHONY: completion install-completion dist deb
