/** Packages that every notebook may import: those in its own folder come first, then the kernel's. */
export const OWN_PACKAGES = /^(unroll|tslab)(\/|$)/;
