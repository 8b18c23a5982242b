/** What chapter 12 of the course demands. */
package org.spikelet.app.learn.chapter12;
